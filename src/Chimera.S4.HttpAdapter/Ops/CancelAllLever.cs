using System.Text.Json.Serialization;
using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Problems;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Ops;

/// <summary>Body of <c>POST /ops/cancel-all</c>.</summary>
public sealed record CancelAllBody
{
    /// <summary>SPOT or FUT; absent: both.</summary>
    [JsonPropertyName("market")] public string? Market { get; init; }

    /// <summary>Such as BTCUSDT; absent: every symbol.</summary>
    [JsonPropertyName("symbol")] public string? Symbol { get; init; }

    /// <summary>True: what is held is closed at market as well. Default false.</summary>
    [JsonPropertyName("flatten")] public bool? Flatten { get; init; }

    /// <summary>True: it is meant.</summary>
    [JsonPropertyName("confirm")] public bool? Confirm { get; init; }

    /// <summary>For the record: 1–200 characters.</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }
}

/// <summary>Asks every live intent to end, and for what is held to be closed; tells how far that has come. The router asks and audits; only the form is checked here.</summary>
sealed class CancelAllLever(RouterClient router, IOptions<RestAdapterOptions> options)
{
    const string Code = "CANCEL_ALL_MALFORMED";

    public async Task<IResult> Ask(HttpRequest request, CancellationToken aborted)
    {
        var (body, problem) = await JsonBody.Read<CancelAllBody>(request);
        if (body is null) return problem!;
        if (body.Market is not (null or "SPOT" or "FUT")) return Problem.Field(Code, "market", body.Market, "SPOT, FUT, or absent for both");
        if (body.Symbol is { Length: 0 or > 32 }) return Problem.Field(Code, "symbol", body.Symbol, "a symbol such as BTCUSDT, or absent for all");
        if (!Levers.IsExplained(body.Reason)) return Levers.Unexplained(Code, body.Reason);
        if (body.Confirm is not true) return Levers.NotConfirmed(body.Flatten is true ? "it closes what is held, at market" : "it ends every intent that it concerns");
        var asked = new CancelAll { Market = body.Market, Symbol = body.Symbol, Flatten = body.Flatten ?? false, Reason = body.Reason, By = Caller.Of(request.HttpContext) };
        return Results.Json(await router.Ask<CancelAll, CancelAllProgress>(asked, options.Value.LeverBound, aborted));
    }

    public async Task<IResult> Show(CancellationToken aborted) => Results.Json(await router.Ask<GetCancelAll, CancelAllProgress>(new GetCancelAll(), options.Value.ReadBound, aborted));
}
