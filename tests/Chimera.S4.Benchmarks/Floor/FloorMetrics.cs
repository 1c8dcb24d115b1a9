using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Chimera.S4.Benchmarks.Floor;

/// <summary>What the floor has allocated, told where and as a router tells it.</summary>
static class FloorMetrics
{
    public static async Task Serve(Uri address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(address.AbsoluteUri);
        app.MapGet("/metrics", () => string.Create(CultureInfo.InvariantCulture, $"dotnet_gc_heap_total_allocated_bytes_total {GC.GetTotalAllocatedBytes()}\n"));
        await app.StartAsync();
    }
}
