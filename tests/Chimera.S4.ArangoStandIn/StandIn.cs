using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Chimera.S4.ArangoStandIn;

/// <param name="Url">Where to listen; port 0 takes a free one.</param>
/// <param name="Authentication">False: as a server with <c>--server.authentication false</c>.</param>
/// <param name="DataFile">Every write is appended here before it is answered, and read again at the start. Null: in memory only.</param>
/// <param name="Certificate">For https.</param>
public sealed record StandInOptions(
    string Url = "http://127.0.0.1:0", string User = "root", string Password = "", bool Authentication = true, int TokenSeconds = 3600, string? DataFile = null, X509Certificate2? Certificate = null);

/// <summary>A server that answers like ArangoDB as far as S4 and its tests ask, on loopback. Not a database: it knows documents, indexes and cursors, and of AQL a few texts.</summary>
public sealed class StandIn : IAsyncDisposable
{
    static readonly JsonSerializerOptions FaultJson = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    readonly WebApplication app;
    readonly Tokens tokens;
    readonly Routes routes;
    readonly WriteLog? log;
    readonly TimeProvider clock;
    int requests;

    StandIn(WebApplication app, StandInOptions options, TimeProvider clock)
    {
        (this.app, this.clock, tokens) = (app, clock, new Tokens(options, clock));
        routes = new Routes(Server, tokens.For, Faults);
        if (options.DataFile is { } file) log = new WriteLog(file, request => routes.Handle(request));
    }

    public Server Server { get; } = new();
    public Faults Faults { get; } = new();
    public Uri Address { get; private set; } = null!;

    /// <summary>Requests that came here, answered or not.</summary>
    public int Requests => Volatile.Read(ref requests);

    public static async Task<StandIn> Start(StandInOptions? options = null, TimeProvider? clock = null)
    {
        options ??= new StandInOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        if (options.Certificate is { } certificate) builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var standIn = new StandIn(builder.Build(), options, clock ?? TimeProvider.System);
        standIn.app.Run(standIn.Serve);
        await standIn.app.StartAsync();
        standIn.Address = new Uri(standIn.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return standIn;
    }

    public void ExpireTokens() => tokens.Expire();

    async Task Serve(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/stand-in", out var order))
        {
            await Obey(http, order);
            return;
        }
        Interlocked.Increment(ref requests);
        var path = http.Request.Path.Value!;
        if (Faults.Take(path, FaultKind.Slow) is { } slow) await Task.Delay(TimeSpan.FromMilliseconds(slow.Milliseconds), clock, http.RequestAborted);
        if (Faults.Take(path, FaultKind.Down) is not null)
        {
            http.Abort();
            return;
        }
        var answer = Faults.Take(path, FaultKind.Unavailable) is not null ? Answer.Of(new ArangoError(503, 503, "service unavailable")) : await Handle(http, path);
        if (Faults.Take(path, FaultKind.Drop) is not null)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = answer.Status;
        if (answer.Status == 401 && !http.Request.Headers.ContainsKey("X-Omit-Www-Authenticate")) http.Response.Headers.WWWAuthenticate = "Bearer token_type=\"JWT\", realm=\"ArangoDB\"";
        if (answer.Revision is { } revision) http.Response.Headers.ETag = $"\"{revision}\"";
        if (answer.ErrorCodes is { } codes) http.Response.Headers["X-Arango-Error-Codes"] = codes;
        if (answer.Body is null || HttpMethods.IsHead(http.Request.Method)) return;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(answer.Body.ToJsonString());
    }

    async Task<Answer> Handle(HttpContext http, string path)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (database, rest) = segments is ["_db", var named, .. var inside] ? (named, inside) : ("_system", segments);
        if (rest is not ["_open", ..] && !tokens.Admits(http.Request.Headers.Authorization)) return Answer.Of(ArangoError.Unauthorized());
        var request = new Request(http.Request.Method, database, rest, http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            Tag(http.Request.Headers.IfMatch), Tag(http.Request.Headers.IfNoneMatch), body);
        try
        {
            return log is null ? routes.Handle(request) : log.Handle(request);
        }
        catch (Exception defect) when (defect is InvalidOperationException or FormatException or NotSupportedException or IOException)
        {
            return Answer.Of(new ArangoError(500, 4, $"a defect of the stand-in: {defect}"));
        }
    }

    static string? Tag(string? header) => string.IsNullOrEmpty(header) ? null : header.Trim('"');

    async Task Obey(HttpContext http, PathString order)
    {
        switch (http.Request.Method, order.Value)
        {
            case ("PUT", "/faults"): Faults.Order((await JsonSerializer.DeserializeAsync<Fault>(http.Request.Body, FaultJson))!); break;
            case ("DELETE", "/faults"): Faults.Clear(); break;
            case ("POST", "/expire-tokens"): ExpireTokens(); break;
            default: http.Response.StatusCode = 404; break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        log?.Dispose();
    }
}
