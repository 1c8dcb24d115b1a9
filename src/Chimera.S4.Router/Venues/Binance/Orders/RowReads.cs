using System.Globalization;
using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What a list read brought.</summary>
/// <param name="Problem">Null: the list is complete.</param>
sealed record Rows<T>(VenueAnswer? Problem, IReadOnlyList<T> Items);

/// <summary>Reads lists, page by page where Binance pages them. A list that is not complete is a problem, never a shorter list.</summary>
sealed class RowReads(BinanceApi api, AnswerReader answers)
{
    const int PageSize = 1000, MaxPages = 20;

    readonly VenueDialect dialect = api.Dialect;

    /// <summary>All orders of a symbol since. <c>GET /api/v3/allOrders</c>, <c>GET /fapi/v1/allOrders</c>: symbol, startTime, orderId (page on), limit.</summary>
    public Task<Rows<VenueOrderState>> Orders(string symbol, DateTimeOffset since, CancellationToken cancel) => Paged(
        dialect.AllOrdersPath, () => new Params().Add("symbol", symbol), new("startTime", since.ToUnixTimeMilliseconds()), "orderId",
        json => (json.Required("orderId"), dialect.ReadOrder(json)), cancel);

    /// <summary>Trades of an order, or of a symbol since. <c>GET /api/v3/myTrades</c>, <c>GET /fapi/v1/userTrades</c>: symbol, orderId | startTime, fromId (page on), limit.</summary>
    public Task<Rows<(string OrderId, Trade Trade)>> Trades(string symbol, string? orderId, DateTimeOffset? since, CancellationToken cancel) => Paged(
        dialect.TradesPath, () => new Params().Add("symbol", symbol).Add("orderId", orderId), since is { } at ? new("startTime", at.ToUnixTimeMilliseconds()) : null, "fromId",
        json => (json.Required("id"), (json.Required("orderId"), dialect.ReadTrade(json))), cancel);

    /// <summary>A list that comes whole.</summary>
    public async Task<Rows<T>> All<T>(string path, Params parameters, Func<JsonElement, T> read, CancellationToken cancel, Urgency? urgency = null) =>
        Parse(await api.Get(path, parameters, cancel, urgency), read);

    async Task<Rows<T>> Paged<T>(
        string path, Func<Params> basis, KeyValuePair<string, long>? first, string nextName, Func<JsonElement, (string Id, T Row)> read, CancellationToken cancel)
    {
        var items = new List<T>();
        var from = first;
        for (var page = 0; page < MaxPages; page++)
        {
            var parameters = basis().Add("limit", PageSize);
            if (from is { } start) parameters.Add(start.Key, start.Value);
            var rows = Parse(await api.Get(path, parameters, cancel), read);
            items.AddRange(rows.Items.Select(item => item.Row));
            if (rows.Problem is not null || rows.Items.Count < PageSize) return new(rows.Problem, items);
            from = new(nextName, rows.Items.Max(item => long.Parse(item.Id, CultureInfo.InvariantCulture)) + 1);
        }
        return new(new() { Outcome = VenueOutcome.Unknown, VenueText = $"{path} has more than {MaxPages} pages" }, items);
    }

    Rows<T> Parse<T>(HttpReply reply, Func<JsonElement, T> read)
    {
        if (!reply.IsSuccess) return new(answers.Read(reply, RequestKind.Query) is var answer && answer.Outcome is VenueOutcome.NotFound ? answer with { Outcome = VenueOutcome.Unknown } : answer, []);
        try
        {
            if (reply.Json is { ValueKind: JsonValueKind.Array } list) return new(null, [.. list.EnumerateArray().Select(read)]);
        }
        catch (FormatException problem)
        {
            return new(new() { Outcome = VenueOutcome.Unknown, HttpStatus = reply.Status, VenueText = problem.Message }, []);
        }
        return new(new() { Outcome = VenueOutcome.Unknown, HttpStatus = reply.Status, VenueText = "the answer is no list" }, []);
    }
}
