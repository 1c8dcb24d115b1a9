using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>A futures account's settings as a test sets them: every symbol is as S4 wants it, unless the test says otherwise.</summary>
sealed class ScriptedSettings
{
    readonly ConcurrentQueue<string> calls = new();

    public ScriptedSettings() => Requests = Stub<IFuturesRequests>.Of((method, arguments) =>
    {
        switch (method.Name)
        {
            case nameof(IFuturesRequests.PositionMode): return Task.FromResult(new PositionModeAnswer(IsHedge is null ? VenueOutcome.Unknown : VenueOutcome.Known, IsHedge));
            case nameof(IFuturesRequests.Settings):
                calls.Enqueue("read");
                return Task.FromResult(Now);
            case nameof(IVenueRequests.Sign): return new SignedRequest($"{arguments[0]}", DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
            case nameof(IVenueRequests.Send):
                calls.Enqueue(arguments[0] is MarginTypeRequest { Isolated: var isolated } ? isolated ? "isolated" : "crossed" : $"{((LeverageRequest)arguments[0]!).Leverage}x");
                return Task.FromResult(new RequestAnswer(OnSet((VenueRequest)arguments[0]!)));
            case nameof(IFuturesRequests.Positions):
                calls.Enqueue("positions");
                return OnPositions();
            default: return Stub.PassOn;
        }
    });

    public IFuturesRequests Requests { get; }
    public bool? IsHedge { get; set; } = false;
    public SymbolSettingsAnswer Now { get; set; } = new(VenueOutcome.Known, true, 20);
    public Func<VenueRequest, VenueAnswer> OnSet { get; set; } = _ => new() { Outcome = VenueOutcome.Known };

    public Func<Task<PositionsAnswer>> OnPositions { get; set; } = () => Task.FromResult(new PositionsAnswer(VenueOutcome.Known, []));

    /// <summary>What was asked, in order: read, isolated, crossed, 20x, positions.</summary>
    public string[] Calls => [.. calls];
}
