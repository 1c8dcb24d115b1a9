using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>How a story of many intents comes to its end.</summary>
static class Endings
{
    /// <summary>Once nothing is in flight any more: half of what rests is canceled, the rest is filled by moving the market through it.</summary>
    public static async Task EndWhatRests(VenueCaller venue, JsonCaller rest, TimeSpan patience)
    {
        await Until.Done("nothing is in flight", async () =>
        {
            var open = (await RestOrders.Read(rest)).Where(order => !order.Final).Select(order => order.IntentId).ToHashSet();
            var resting = (await Ledger.Read(venue)).Orders.Where(order => order.Status == "NEW" && order.ClientOrderId.Length > 4).Select(order => order.ClientOrderId[..^4]).ToHashSet();
            open.RemoveWhere(id => resting.Contains(ClientOrderIds.Intent(id)));
            // Where the venue takes no more stops, S4 watches the price itself: nothing of it rests anywhere.
            foreach (var id in open.ToArray())
                if ((await rest.Get($"/orders/{id}")).Body.Contains("OCO_FALLBACK", StringComparison.Ordinal)) open.Remove(id);
            return open.Count == 0 ? null : $"{open.Count} are open and do not rest: {string.Join(' ', open.Take(10))}; {await rest.Get($"/orders/{open.First()}")}";
        }, patience);

        await Cancel(rest, half: true);
        foreach (var symbol in await Instrument.ReadAll(venue))
            foreach (var share in new[] { 1.02m, 0.98m, 1m })
            {
                await venue.SetMarket(new JsonObject { ["venue"] = symbol.Market, ["symbol"] = symbol.Symbol, ["mid"] = Instrument.Text(symbol.OnTick(symbol.Mid * share, up: false)) });
                await Until.Done("who has left is gone", () => HalfGone(venue), patience);
            }
        // A price that S4 watches itself may have come and gone between two looks.
        await Cancel(rest, half: false);
    }

    static async Task Cancel(JsonCaller rest, bool half)
    {
        var live = (await RestOrders.Read(rest)).Where(order => !order.Final).Select(order => order.IntentId).Order(StringComparer.Ordinal).ToArray();
        foreach (var id in live.Where((_, index) => !half || index % 2 == 0))
        {
            var canceled = await rest.Post("/cancel", new JsonObject { ["intent_id"] = id, ["reason"] = "REBALANCE" }, 60);
            // Filled, and protected until now: its exits are gone. Or the market was there first.
            Assert.True(canceled.Status == 200 && canceled.Text("status") is "CANCELED" or "FILLED" || canceled.Status == 409 && !half, $"{id}: {canceled}");
        }
    }

    /// <summary>A futures position has two exits and no list that ties them: one fills, and S4 takes the other away. A market that jumps from one to the other within that moment sets off both.</summary>
    static async Task<string?> HalfGone(VenueCaller venue)
    {
        var half = (await Ledger.Read(venue)).Orders.Where(Witnesses.Ours).GroupBy(order => order.ClientOrderId[..^4])
            .Where(intent => intent.Count(order => order.Side == "SELL" && order.Status is "FILLED") > 0 && intent.Any(order => order.Side == "BUY") && intent.Any(order => order.Status == "NEW"));
        return half.FirstOrDefault() is { } one ? $"{one.Key} has left, and an order of it still waits" : null;
    }
}
