using System.Text.RegularExpressions;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

/// <summary>As it is served; what it does is tested in a browser (<c>tests/clients/page</c>).</summary>
public sealed partial class The_ops_page : IAsyncLifetime
{
    AdapterHost adapter = null!;

    public async Task InitializeAsync() => adapter = await AdapterHost.Start(new FakeRouter(), ("S4_API_KEYS", "read=read-key-0123456789"));
    public async Task DisposeAsync() => await adapter.DisposeAsync();

    [Fact]
    public async Task Is_there_without_a_key()
    {
        using var page = await adapter.Http.GetAsync("/");

        Assert.Equal((200, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Lets_nothing_run_but_its_own_files()
    {
        using var page = await adapter.Http.GetAsync("/");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotMatch(@"<script(?![^>]* src=)|<style| style=| on[a-z]+=|https?://", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Finds_every_file_that_it_names()
    {
        var (seen, open) = (new HashSet<string>(), new Queue<string>(["/"]));
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var file = await adapter.Http.GetAsync(path);
            Assert.True(file.IsSuccessStatusCode, path);
            Assert.NotNull(file.Headers.ETag);
            if (path.Contains("/vendor/", StringComparison.Ordinal)) continue;
            foreach (Match named in Names().Matches(await file.Content.ReadAsStringAsync()))
                open.Enqueue(new Uri(new Uri($"http://page{path}"), named.Groups[1].Value).AbsolutePath);
        }
        Assert.Contains("/page/vendor/uplot/uPlot.esm.js", seen);
        Assert.InRange(seen.Count, 15, 40);
    }

    [Fact]
    public async Task Is_not_sent_again_to_who_has_it()
    {
        using var first = await adapter.Http.GetAsync("/page/main.mjs");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page/main.mjs") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var again = await adapter.Http.SendAsync(request);

        Assert.Equal(("text/javascript", 304), (first.Content.Headers.ContentType?.MediaType, (int)again.StatusCode));
    }

    [GeneratedRegex(@"(?:(?:href|src)=""(?=/page/)|from '(?=\./))([^""']+)")]
    private static partial Regex Names();
}
