using System.Text.Json;
using Chimera.S4.Simulator.Admin;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Gateway;

/// <summary>A placement as it came in, to the microsecond, before any limit, check or fault.</summary>
internal readonly record struct Arrival(Venue Venue, string Path, string ClientOrderId, long AtUs);

/// <summary><c>GET /sim/arrivals</c>: when each placement reached the exchange, whatever became of it. For measurements: the ledger's times are the exchange's own milliseconds.</summary>
internal sealed class ArrivalLog
{
    private static readonly string[] Names = ["newClientOrderId", "clientAlgoId", "workingClientOrderId", "listClientOrderId"];
    private readonly List<Arrival> _arrivals = [];

    public void Map(RouteGroupBuilder group) => group.MapGet("/arrivals", () => AdminResult.Ok(Snapshot(), static (w, arrivals) => w.Array(arrivals, Write)));

    public void Add(Venue venue, string path, Parameters given, long atUs)
    {
        var id = Names.Select(given.Text).FirstOrDefault(text => text is not null) ?? "";
        lock (_arrivals) _arrivals.Add(new Arrival(venue, path, id, atUs));
    }

    public void Clear()
    {
        lock (_arrivals) _arrivals.Clear();
    }

    private Arrival[] Snapshot()
    {
        lock (_arrivals) return [.. _arrivals];
    }

    private static void Write(Utf8JsonWriter w, Arrival arrival)
    {
        w.WriteString("venue", arrival.Venue.Wire());
        w.WriteString("path", arrival.Path);
        w.WriteString("clientOrderId", arrival.ClientOrderId);
        w.WriteNumber("atUs", arrival.AtUs);
    }
}
