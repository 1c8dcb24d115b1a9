using Chimera.S4.Simulator.Admin;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Tape;

/// <summary>Plays a tape by the clock, or row by row over <c>/sim/tape</c> so that a story with orders in it replays exactly.</summary>
internal sealed class TapePlayer(IReadOnlyList<TapeRow> rows, IReadOnlyDictionary<Venue, Exchange> exchanges, TimeProvider time, bool byHand)
{
    private readonly Lock _gate = new();
    private long _started = time.GetTimestamp();
    private int _position;

    /// <summary>The tape decides about its markets from the start: no process moves them, no makers quote.</summary>
    /// <exception cref="InvalidDataException">A row names a symbol that is not traded here.</exception>
    public void TakeOver()
    {
        foreach (var (venue, symbol) in rows.Select(r => (r.Venue, r.Symbol)).Distinct())
        {
            if (!exchanges[venue].Markets.TryGetValue(symbol, out var market)) throw new InvalidDataException($"tape: {symbol} is not traded on {venue.Wire()}");
            market.IsTaped = true;
            exchanges[venue].Execute(Fence.Open, () => exchanges[venue].ShowBook(market, [], []));
        }
    }

    public void Rewind()
    {
        lock (_gate) (_position, _started) = (0, time.GetTimestamp());
        TakeOver();
    }

    public void Tick()
    {
        if (!byHand) Play(row => row.AtMs <= time.GetElapsedTime(_started).TotalMilliseconds);
    }

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/tape", Show);
        group.MapPost("/tape", (int? rows, long? untilMs) =>
        {
            if (rows is null == untilMs is null) throw new AdminError("rows, untilMs: exactly one of them says how far to play");
            var left = rows ?? int.MaxValue;
            Play(row => untilMs is { } until ? row.AtMs <= until : left-- > 0);
            return Show();
        });
    }

    private void Play(Func<TapeRow, bool> isDue)
    {
        lock (_gate)
            while (_position < rows.Count && isDue(rows[_position])) Apply(rows[_position++]);
    }

    private void Apply(TapeRow row)
    {
        var exchange = exchanges[row.Venue];
        var market = exchange.Market(row.Symbol);
        exchange.Execute(Fence.Open, () => row.Kind switch
        {
            "trade" => exchange.PrintTrade(market, row.Fields[0] is "BUY" ? Side.Buy : Side.Sell, row.Amount(1), row.Amount(2)),
            "book" => exchange.ShowBook(market, row.Levels(0), row.Levels(1)),
            _ => exchange.Mark(market, row.Amount(0)),
        });
    }

    private AdminResult Show() => AdminResult.Ok((_position, rows), static (w, tape) => w.Object(tape, static (w, t) =>
    {
        w.WriteNumber("position", t._position);
        w.WriteNumber("rows", t.rows.Count);
    }));
}
