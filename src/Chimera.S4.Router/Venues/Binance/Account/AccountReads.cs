using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Reads instruments and holdings over REST into <see cref="MarketFacts"/>. Each read throws <see cref="VenueRefusal"/> when the venue does not tell.</summary>
sealed class AccountReads(BinanceApi api, MarketFacts facts)
{
    Market Market => api.Dialect.Market;

    /// <summary><c>GET /api/v3/exchangeInfo</c>, <c>GET /fapi/v1/exchangeInfo</c>: symbols[]. Its serverTime is not used: on demo futures it was days old.</summary>
    public async Task Instruments(CancellationToken cancel)
    {
        var reply = await api.GetPublic(api.Dialect.ExchangeInfoPath, null, cancel);
        if (!reply.IsSuccess || reply.Json is not { } json) throw VenueRefusal.From("instruments", reply, api.Clock.Now);
        var instruments = new List<Instrument>();
        foreach (var symbol in json.Rows("symbols"))
        {
            try { instruments.Add(Binance.Instruments.Read(Market, symbol, json)); }
            // One odd symbol must not hide the others.
            catch (WireException) { VenueMeter.UnknownWord(Market, "instrument", symbol.Text("symbol")); }
        }
        if (instruments.Count == 0) throw new VenueRefusal("instruments: the list is empty");
        facts.SetInstruments(Market, instruments);
        api.Budget.SetLimits([.. json.Rows("rateLimits").Select(Limit).OfType<RateLimit>()]);
    }

    RateLimit? Limit(JsonElement json)
    {
        var limit = RateLimit.Read(json);
        if (limit is null) VenueMeter.UnknownWord(Market, "rate limit", json.Text("rateLimitType"));
        return limit;
    }

    /// <summary>Spot: <c>GET /api/v3/account</c>, balances[{asset, free}]. Futures: <c>GET /fapi/v3/positionRisk</c>, [{symbol, positionSide, positionAmt}], which leaves out what is flat.</summary>
    /// <returns>What it tells is of this instant or later, by the venue's clock.</returns>
    public async Task<DateTimeOffset> Holdings(CancellationToken cancel)
    {
        // What arrives on the stream from here on may be newer than the answer and is not overwritten by it.
        var asOf = api.Clock.Now;
        if (Market is Market.Spot)
        {
            var account = await Signed("/api/v3/account", cancel);
            facts.SetBalances(account.Rows("balances").Select(row => (row.Required("asset"), row.RequiredMoney("free"))), asOf, isAll: true);
            return asOf;
        }
        var positions = await Signed("/fapi/v3/positionRisk", cancel);
        if (positions.ValueKind is not JsonValueKind.Array) throw new VenueRefusal("positions: the answer is no list");
        facts.SetPositions(positions.EnumerateArray().GroupBy(row => row.Required("symbol")).Select(rows => (rows.Key, rows.Sum(row => row.RequiredMoney("positionAmt")))), asOf, isAll: true);
        return asOf;
    }

    public async Task Clock(CancellationToken cancel)
    {
        if (!await api.SyncClock(cancel)) throw new VenueRefusal("clock: no answer");
    }

    async Task<JsonElement> Signed(string path, CancellationToken cancel)
    {
        var reply = await api.Get(path, new(), cancel, Urgency.Low);
        return reply.IsSuccess && reply.Json is { } json ? json : throw VenueRefusal.From(path, reply, api.Clock.Now);
    }
}
