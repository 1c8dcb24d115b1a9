using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Reads;

/// <summary>The reads: the router answers them from its store; the adapter keeps nothing.</summary>
sealed class RouterReads(RouterClient router, IOptions<RestAdapterOptions> options)
{
    /// <summary>The wire statuses of design §7.</summary>
    public static readonly string[] States = ["ACCEPTED", "NEW", "PARTIALLY_FILLED", "FILLED", "CANCELED", "REJECTED", "EXPIRED", "UNKNOWN"];

    public async Task<IResult> Intent(HttpContext http, string routed, CancellationToken aborted)
    {
        var id = Exact(http, fromEnd: 1) ?? routed;
        return await router.Find(id, options.Value.ReadBound, aborted) is { } view ? Results.Json(view) : NotFound(id);
    }

    public async Task<IResult> Chart(HttpContext http, string routed, CancellationToken aborted)
    {
        var id = Exact(http, fromEnd: 2) ?? routed;
        return await router.Chart(id, options.Value.ReadBound, aborted) is { } chart ? Results.Json(chart) : NotFound(id);
    }

    public async Task<IResult> Intents(HttpRequest request, CancellationToken aborted)
    {
        var check = new QueryCheck(request.Query, "state", "symbol", "market", "since", "limit", "cursor");
        var query = new ListIntents
        {
            State = check.Word("state", States),
            Symbol = check.Symbol("symbol"),
            Market = check.Word("market", "SPOT", "FUT"),
            Since = check.Instant("since"),
            Limit = check.Limit("limit", most: 500, otherwise: 100),
            Cursor = check.Opaque("cursor"),
        };
        return check.Problem ?? Results.Json(await router.Ask<ListIntents, IntentPage>(query, options.Value.ReadBound, aborted));
    }

    public async Task<IResult> ResultLines(HttpRequest request, CancellationToken aborted)
    {
        var check = new QueryCheck(request.Query, "after", "limit");
        var query = new ListResults { After = check.Opaque("after"), Limit = check.Limit("limit", most: 1000, otherwise: 100) };
        return check.Problem ?? Results.Json(await router.Ask<ListResults, ResultsPage>(query, options.Value.ReadBound, aborted));
    }

    static IResult NotFound(string id) => Problem.Of(404, "INTENT_NOT_FOUND", "No such intent", $"No intent \"{id}\" is known.", ("intent_id", id));

    // Kestrel leaves %2F as it is in a routed value, where it can no longer be told from a literal "%2F".
    static string? Exact(HttpContext http, int fromEnd) =>
        http.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? Uri.UnescapeDataString(target.Split('?')[0].Split('/')[^fromEnd]) : null;
}
