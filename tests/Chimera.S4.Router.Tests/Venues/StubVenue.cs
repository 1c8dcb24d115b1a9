using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chimera.S4.Router.Tests.Venues;

sealed record StubRequest(string Method, string Path, string Query, string Body, string? Key, string Connection)
{
    public override string ToString() => $"{Method} {Path}";
    public bool Has(string parameter) => Query.Split('&').Concat(Body.Split('&')).Contains(parameter);
}

/// <summary>An exchange on loopback that says what a test tells it to say.</summary>
sealed class StubVenue : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<StubSocket> accepted = new();
    readonly Channel<StubSocket> sockets = Channel.CreateUnbounded<StubSocket>();

    StubVenue(WebApplication app) => this.app = app;

    public Uri Rest { get; private set; } = null!;
    public Uri Ws => new UriBuilder(Rest) { Scheme = "ws" }.Uri;
    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    /// <summary>Answers a request: status and body. Null: the connection is reset without an answer.</summary>
    public Func<StubRequest, (int Status, string Body)?> Answer { get; set; } = _ => (404, "{}");
    public Action<HttpResponse> Headers { get; set; } = _ => { };

    /// <summary>Takes the whole answer into its own hands, if set.</summary>
    public Func<HttpContext, Task>? Raw { get; set; }

    public static async Task<StubVenue> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        var stub = new StubVenue(app);
        app.Run(stub.Serve);
        await app.StartAsync();
        stub.Rest = new Uri(app.Urls.Single());
        return stub;
    }

    public async Task<StubSocket> NextSocket()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await sockets.Reader.ReadAsync(patience.Token);
    }

    async Task Serve(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var scripted = new StubSocket(socket, context.Request.Path + context.Request.QueryString, context);
            accepted.Enqueue(scripted);
            await sockets.Writer.WriteAsync(scripted);
            await scripted.Over.Task;
            return;
        }
        using var body = new StreamReader(context.Request.Body);
        var request = new StubRequest(
            context.Request.Method, context.Request.Path, context.Request.QueryString.Value?.TrimStart('?') ?? "", await body.ReadToEndAsync(),
            context.Request.Headers["X-MBX-APIKEY"], context.Connection.Id);
        Requests.Enqueue(request);
        if (Raw is not null)
        {
            await Raw(context);
            return;
        }
        if (Answer(request) is not var (status, text))
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        Headers(context.Response);
        await context.Response.WriteAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        // A handler that still waits would hold up the stop.
        foreach (var socket in accepted) socket.Cut();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

sealed class StubSocket(WebSocket socket, string address, HttpContext context)
{
    public string Address => address;
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Send(string text) => socket.SendAsync(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), WebSocketMessageType.Text, true, default);

    public async Task<string> Receive()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[8192];
        var part = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    /// <summary>The router has closed it, or broken it off.</summary>
    public bool IsClosedByPeer => context.RequestAborted.IsCancellationRequested;

    /// <summary>Breaks the connection.</summary>
    public void Cut()
    {
        try { context.Abort(); }
        // It has been cut before.
        catch (ObjectDisposedException) { }
        Over.TrySetResult();
    }
}
