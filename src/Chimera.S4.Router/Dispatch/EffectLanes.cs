using System.Threading.Channels;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Bounded queues in memory, one per kind of receiver: a slow venue, a slow broker and a slow database starve nobody else.</summary>
public sealed class EffectLanes(DispatchOptions options)
{
    readonly Dictionary<Lane, Channel<EffectInHand>> channels = Enum.GetValues<Lane>()
        .ToDictionary(lane => lane, _ => Channel.CreateBounded<EffectInHand>(new BoundedChannelOptions(options.LaneLength) { FullMode = BoundedChannelFullMode.Wait }));

    public bool TryEnter(EffectInHand effect) => channels[LaneOf(effect)].Writer.TryWrite(effect);

    public ChannelReader<EffectInHand> this[Lane lane] => channels[lane].Reader;

    public IEnumerable<(Lane Lane, int Workers)> Plan =>
    [
        (Lane.Spot, options.VenueWorkers), (Lane.Fut, options.VenueWorkers), (Lane.SpotUrgent, options.UrgentWorkers), (Lane.FutUrgent, options.UrgentWorkers),
        (Lane.Record, options.RecordWorkers), (Lane.Reply, options.ReplyWorkers),
    ];

    static Lane LaneOf(EffectInHand effect) => (effect.Pending.Kind, effect.Venue) switch
    {
        (EffectKinds.Record or EffectKinds.Markout, _) => Lane.Record,
        (EffectKinds.Reply or EffectKinds.EndIntent or EffectKinds.GiveWay, _) => Lane.Reply,
        // What ends or reduces a risk does not wait behind what takes one on.
        (_, CancelEffect { Market: Market.Spot } or PlaceEffect { Market: Market.Spot, ReduceOnly: true } or PlaceListEffect { Entry: null }) => Lane.SpotUrgent,
        (_, CancelEffect or PlaceEffect { ReduceOnly: true }) or (EffectKinds.FindExits, _) => Lane.FutUrgent,
        (_, { Market: Market.Spot }) => Lane.Spot,
        _ => Lane.Fut,
    };
}

public enum Lane { Spot, Fut, SpotUrgent, FutUrgent, Record, Reply }
