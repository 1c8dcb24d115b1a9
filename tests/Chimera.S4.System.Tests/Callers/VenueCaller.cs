using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.System.Tests.Callers;

/// <summary>Somebody else at the exchange: moves the market, trades against S4's orders, places orders that are not S4's.</summary>
sealed class VenueCaller(Uri address) : IDisposable
{
    readonly JsonCaller http = new(address);

    public Task<Answer> Get(string path) => http.Get(path);

    public async Task SetMarket(JsonObject change)
    {
        var answer = await http.Put("/sim/market", change);
        if (answer.Status != 200) throw new InvalidOperationException($"/sim/market: {answer}");
    }

    public async Task SetFault(JsonObject rule)
    {
        var answer = await http.Post("/sim/faults", rule);
        if (answer.Status != 200) throw new InvalidOperationException($"/sim/faults: {answer}");
    }

    public async Task ClearFaults()
    {
        var answer = await http.Send(new HttpRequestMessage(HttpMethod.Delete, "/sim/faults"));
        if (answer.Status is not (200 or 204)) throw new InvalidOperationException($"/sim/faults: {answer}");
    }

    /// <summary>An order of the same account placed past S4, or a setting changed.</summary>
    public Task<Answer> Place(string path, string parameters) => Signed(HttpMethod.Post, path, parameters);

    public Task<Answer> Ask(string path, string parameters) => Signed(HttpMethod.Get, path, parameters);

    public Task<Answer> Cancel(string path, string parameters) => Signed(HttpMethod.Delete, path, parameters);

    /// <summary>Somebody buys a futures position, on the margin that S4 asks for; S4 leaves the order alone, and what reduces has something to reduce.</summary>
    public async Task HoldPosition(Instrument symbol, decimal notional)
    {
        foreach (var (path, parameters) in new[]
                 {
                     ("/fapi/v1/marginType", "marginType=ISOLATED"), ("/fapi/v1/leverage", "leverage=20"),
                     ("/fapi/v1/order", $"side=BUY&type=MARKET&quantity={Instrument.Text(symbol.OnStep(notional / symbol.Mid))}"),
                 })
        {
            var answer = await Place(path, $"symbol={symbol.Symbol}&{parameters}");
            if (answer.Status != 200) throw new InvalidOperationException($"{symbol.Symbol} {path}: {answer}");
        }
    }

    /// <summary>Signed by the documents of the exchange.</summary>
    async Task<Answer> Signed(HttpMethod method, string path, string parameters)
    {
        var text = $"{parameters}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SimulatorProcess.Secret), Encoding.UTF8.GetBytes(text)));
        var request = new HttpRequestMessage(method, $"{path}?{text}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", SimulatorProcess.Key);
        return await http.Send(request);
    }

    public void Dispose() => http.Dispose();
}
