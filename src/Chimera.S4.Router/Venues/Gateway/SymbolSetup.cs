using System.Collections.Concurrent;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>
/// Margin type and leverage of a futures symbol, ensured before the first placement that may add exposure, once per process and symbol (spec §5.4). Where a position or an open order forbids the
/// change, new exposure is refused; the next placement tries again. What reduces is never held up.
/// </summary>
public sealed class SymbolSetup(IFuturesRequests futures, GatewayOptions options, ILogger<SymbolSetup> log)
{
    readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new();

    /// <summary>Null: the symbol is as it should be. A symbol that is not here has not been looked at.</summary>
    readonly ConcurrentDictionary<string, VenueAnswer?> known = new();

    /// <summary>Sets the symbol up. To be called before the placement is signed, since a signature is good for a short time only.</summary>
    public async Task Prepare(VenueEffect place, CancellationToken cancel)
    {
        if (!AddsExposure(place) || IsReady(place.Symbol)) return;
        var gate = gates.GetOrAdd(place.Symbol, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        try
        {
            if (!IsReady(place.Symbol)) known[place.Symbol] = await Ensure(place.Symbol, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Why the placement may not be sent, as if the venue had said so; null: it may.</summary>
    public VenueAnswer? Refusal(VenueEffect place) =>
        !AddsExposure(place) ? null : known.TryGetValue(place.Symbol, out var refusal) ? refusal : NotYet(new() { Outcome = VenueOutcome.NotExecuted });

    static bool AddsExposure(VenueEffect place) => place is PlaceEffect { Market: Market.Fut, ReduceOnly: false };

    bool IsReady(string symbol) => known.TryGetValue(symbol, out var refusal) && refusal is null;

    async Task<VenueAnswer?> Ensure(string symbol, CancellationToken cancel)
    {
        var told = await futures.Settings(symbol, cancel);
        if (told is not { IsIsolated: { } isIsolated, Leverage: { } leverage }) return NotYet(new() { Outcome = told.Outcome });
        var wanted = $"{(options.FutIsolated ? "ISOLATED" : "CROSSED")} at {options.FutLeverage}×";
        if (isIsolated != options.FutIsolated && await Set(new MarginTypeRequest(symbol, options.FutIsolated), wanted, cancel) is { } crossed) return crossed;
        if (leverage != options.FutLeverage && await Set(new LeverageRequest(symbol, options.FutLeverage), wanted, cancel) is { } geared) return geared;
        log.LogInformation("{Symbol} trades {Margin}", symbol, wanted);
        return null;
    }

    async Task<VenueAnswer?> Set(VenueRequest request, string wanted, CancellationToken cancel)
    {
        var answer = (await futures.Send(request, futures.Sign(request), cancel)).Answer;
        if (answer.Outcome is VenueOutcome.Known) return null;
        if (answer.Outcome is not VenueOutcome.Rejected) return NotYet(answer);
        log.LogWarning("{Symbol} cannot be made {Wanted}: {VenueCode} {VenueText}. New exposure is refused until it can", request.Symbol, wanted, answer.VenueCode, answer.VenueText);
        return answer with
        {
            Reason = answer.Reason is ReasonCode.VenueKey ? answer.Reason : ReasonCode.MarginSetupConflict, VenueText = $"{request.Symbol} cannot be made {wanted}: {answer.VenueText}",
        };
    }

    /// <summary>Whether it was set, if nobody knows, is read before the next try.</summary>
    static VenueAnswer NotYet(VenueAnswer answer) => answer with
    {
        Outcome = VenueOutcome.NotExecuted, VenueText = $"margin type and leverage are not known to be set ({answer.Outcome} {answer.VenueCode} {answer.VenueText})",
    };
}
