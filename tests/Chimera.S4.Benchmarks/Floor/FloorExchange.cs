using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chimera.S4.Benchmarks.Floor;

/// <summary>Signed MARKET orders on spot, and the fills of the user stream.</summary>
sealed class FloorExchange(Uri rest, Uri sockets, string key, string secret) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = rest, DefaultRequestHeaders = { { "X-MBX-APIKEY", key } } };
    readonly byte[] secret = Encoding.UTF8.GetBytes(secret);

    static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<int> Place(string symbol, string side, string quantity, string id)
    {
        var text = $"symbol={symbol}&side={side}&type=MARKET&quantity={quantity}&newClientOrderId={id}&newOrderRespType=FULL&recvWindow=5000&timestamp={Now}";
        using var answer = await http.PostAsync($"/api/v3/order?{text}&signature={Sign(text)}", null);
        await answer.Content.ReadAsByteArrayAsync();
        return (int)answer.StatusCode;
    }

    /// <summary>Hands over each report of a filled order of the floor's, one after the other; never ends.</summary>
    public async Task Listen(Func<ReadOnlyMemory<byte>, Task> filled, Action subscribed)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(sockets, "/ws-api/v3"), CancellationToken.None);
        var text = $"apiKey={key}&timestamp={Now}";
        var subscribe = JsonSerializer.SerializeToUtf8Bytes(new { id = 1, method = "userDataStream.subscribe.signature", @params = new { apiKey = key, timestamp = long.Parse(text[(text.LastIndexOf('=') + 1)..], null), signature = Sign(text) } });
        await socket.SendAsync(subscribe, WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[65_536];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (!json.RootElement.TryGetProperty("event", out var content))
            {
                if (json.RootElement.TryGetProperty("status", out var status) && status.GetInt32() == 200) subscribed();
                continue;
            }
            if (content.GetProperty("e").GetString() == "executionReport" && content.GetProperty("X").GetString() == "FILLED" && content.GetProperty("c").GetString()!.StartsWith("fl-", StringComparison.Ordinal))
                await filled(Encoding.UTF8.GetBytes(content.GetRawText()));
        }
    }

    string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    public void Dispose() => http.Dispose();
}
