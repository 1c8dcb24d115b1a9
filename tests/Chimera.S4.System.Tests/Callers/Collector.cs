using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chimera.S4.System.Tests.Callers;

sealed record Span(string Service, string TraceId, string SpanId, string? ParentId, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Tags)
{
    public string? this[string tag] => Tags.GetValueOrDefault(tag);
}

/// <summary>An OpenTelemetry collector: takes OTLP, protobuf over HTTP, and keeps the spans. Reads the wire by the field numbers of opentelemetry-proto, with no library of it.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly ConcurrentQueue<Span> spans = new();
    readonly WebApplication app;
    int metrics;

    Collector(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());
    public IReadOnlyList<Span> Spans => [.. spans];

    /// <summary>How often metrics have come.</summary>
    public int Metrics => Volatile.Read(ref metrics);

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/v1/traces", async (HttpRequest request) => collector.TakeTraces(await Body(request)));
        collector.app.MapPost("/v1/metrics", async (HttpRequest request) =>
        {
            if ((await Body(request)).Length > 0) Interlocked.Increment(ref collector.metrics);
        });
        await collector.app.StartAsync();
        return collector;
    }

    static async Task<byte[]> Body(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    // ExportTraceServiceRequest.resource_spans = 1; ResourceSpans.resource = 1, scope_spans = 2; ScopeSpans.spans = 2.
    void TakeTraces(byte[] body)
    {
        foreach (var ofResource in Fields(body).Where(field => field.No == 1))
        {
            var fields = Fields(ofResource.Bytes).ToArray();
            var service = fields.Where(field => field.No == 1).SelectMany(resource => Attributes(resource.Bytes, 1)).FirstOrDefault(pair => pair.Key == "service.name").Value ?? "?";
            foreach (var span in fields.Where(field => field.No == 2).SelectMany(scope => Fields(scope.Bytes)).Where(field => field.No == 2)) spans.Enqueue(Read(service, span.Bytes));
        }
    }

    // Span: trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, start_time_unix_nano = 7, end_time_unix_nano = 8, attributes = 9.
    static Span Read(string service, ReadOnlyMemory<byte> bytes)
    {
        var fields = Fields(bytes).ToLookup(field => field.No);
        string? Id(int no) => fields[no].Select(field => Convert.ToHexStringLower(field.Bytes.Span)).FirstOrDefault(id => id.Length > 0);
        return new Span(service, Id(1)!, Id(2)!, Id(4), Encoding.UTF8.GetString(fields[5].First().Bytes.Span), fields[7].First().Number, fields[8].First().Number, Attributes(bytes, 9).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    // KeyValue: key = 1, value = 2; AnyValue: string_value = 1, bool_value = 2, int_value = 3.
    static IEnumerable<KeyValuePair<string, string>> Attributes(ReadOnlyMemory<byte> bytes, int no)
    {
        foreach (var pair in Fields(bytes).Where(field => field.No == no))
        {
            var parts = Fields(pair.Bytes).ToArray();
            var value = parts.Where(part => part.No == 2).SelectMany(part => Fields(part.Bytes)).FirstOrDefault();
            yield return new(Encoding.UTF8.GetString(parts.First(part => part.No == 1).Bytes.Span), value.No == 1 ? Encoding.UTF8.GetString(value.Bytes.Span) : value.Number.ToString(global::System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    readonly record struct Field(int No, ulong Number, ReadOnlyMemory<byte> Bytes);

    /// <summary>Protobuf's wire format: a key of field number and type, then a varint (0), eight bytes (1), a length and its bytes (2), or four bytes (5).</summary>
    static IEnumerable<Field> Fields(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var key = Varint();
            switch (key & 7)
            {
                case 0: yield return new Field((int)(key >> 3), Varint(), default); break;
                case 1: yield return new Field((int)(key >> 3), BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span), default); break;
                case 2: yield return new Field((int)(key >> 3), 0, Take((int)Varint())); break;
                case 5: yield return new Field((int)(key >> 3), BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span), default); break;
                default: throw new FormatException($"wire type {key & 7}");
            }
        }

        ReadOnlyMemory<byte> Take(int count) => bytes.Slice((at += count) - count, count);

        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = bytes.Span[at++];
                value |= (ulong)(part & 0x7f) << shift;
                if ((part & 0x80) == 0) return value;
            }
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
