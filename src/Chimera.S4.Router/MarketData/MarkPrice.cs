namespace Chimera.S4.Router.MarketData;

/// <summary>A futures mark price.</summary>
/// <param name="At">When it was received, router clock.</param>
public sealed record MarkPrice(decimal Value, DateTimeOffset At);
