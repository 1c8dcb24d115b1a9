namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Something that waits in the store to be done: a venue effect, a reply or a record.</summary>
sealed record Pending(EffectId Id, object Body);

/// <summary>What a record effect carries: the number of the record.</summary>
sealed record RecordBody(int RecordSeq);

/// <summary>An answer as stored: what it says was decided by the commit.</summary>
/// <param name="Filled">What the order had filled then, and those whose place it took.</param>
/// <param name="Side">Of what it had filled.</param>
sealed record ReplyBody(Waiter To, Quantity Filled, Side Side);

/// <summary>A timer as stored: which order it wakes, and for what.</summary>
sealed record StoredTimer(Guid Token, Guid OrderId, bool IsProbe);

/// <summary>Documents with compare-and-set, effects in an <see cref="Outbox"/>, timers in a <see cref="TimerQueue"/>: one commit changes them together (design §3.4). The clock is the store's own.</summary>
class VirtualStore(World world)
{
    const int AtOnce = 256;

    readonly Dictionary<Guid, (int Version, Order Order)> documents = [];
    readonly Dictionary<EffectId, Pending> effects = [];
    readonly Dictionary<Guid, StoredTimer> bodies = [];
    readonly Dictionary<(Guid, int), SliceTask> slices = [];
    readonly Dictionary<Guid, DateTimeOffset[]> starts = [];
    readonly Outbox outbox = new();
    readonly TimerQueue timers = new();

    /// <summary>Lines of <c>ord:results</c>.</summary>
    public Dictionary<Guid, List<PublishedResult>> Results { get; } = [];
    public bool IsIdle => outbox.Count == 0 && timers.Count == 0;
    public int Timers => timers.Count;
    public IEnumerable<Pending> Effects => effects.Values;
    public IEnumerable<Order> Orders => documents.Values.Select(stored => stored.Order);

    public (int Version, Order? Order) Load(Guid id) => documents.TryGetValue(id, out var stored) ? stored : (0, null);

    /// <summary>What waits in the queue of slices, the next one first.</summary>
    public IReadOnlyList<SliceTask> Slices(Guid id) => [.. slices.Where(slice => slice.Key.Item1 == id).Select(slice => slice.Value).OrderBy(slice => slice.Slice)];

    /// <summary>When slices were started, by the clock of whoever did.</summary>
    public DateTimeOffset[] SliceStarts(Guid id) => starts.GetValueOrDefault(id, []);

    /// <summary>False: another version is stored.</summary>
    public bool Commit(int expected, Decision decision, Guid? timerHandled)
    {
        var order = decision.Order;
        var (version, before) = Load(order.Id);
        if (version != expected) return false;
        documents[order.Id] = (version + 1, order);
        foreach (var done in decision.Done) Complete(new EffectId(order.Id, done));
        foreach (var effect in decision.Effects) Add(order.Id, effect.Seq, effect);
        foreach (var reply in decision.Replies) Add(order.Id, reply.Seq, new ReplyBody(reply.To, new(order.CumQty.Value + order.ReplacedQty.Value), order.Intent.Side));
        if (decision.RecordEffect is { } record) Add(order.Id, record, new RecordBody(order.RecordSeq));
        if (timerHandled is { } handled) timers.Disarm(handled);
        Move(order.Id, before?.ProbeAt, order.ProbeAt, isProbe: true);
        Move(order.Id, before?.WakeAt, order.WakeAt, isProbe: false);
        if (decision.Result is { } line)
        {
            if (!Results.TryGetValue(order.Id, out var lines)) Results[order.Id] = lines = [];
            lines.Add(line);
        }
        foreach (var gone in decision.Unqueued) slices.Remove((order.Id, gone.Slice));
        foreach (var slice in decision.Queued) slices[(order.Id, slice.Slice)] = slice;
        if (decision.Events.Any(told => told.Type is OrderEventType.SliceSent)) starts[order.Id] = [.. SliceStarts(order.Id), order.UpdatedAt];
        if (order.Final) Ended(order);
        return true;
    }

    /// <summary>A final order stays as its own tombstone.</summary>
    protected virtual void Ended(Order order)
    {
    }

    protected void Forget(Guid id) => documents.Remove(id);

    public IEnumerable<Pending> PendingOf(Guid id) => [.. effects.Values.Where(effect => effect.Id.OrderId == id)];

    public virtual IReadOnlyList<Pending> ClaimDue() => [.. outbox.Claim(Now, Leases.Effect, AtOnce).Select(id => effects[id])];

    public void Postpone(EffectId effect, TimeSpan delay) => outbox.Postpone(effect, Now, delay);

    public void Complete(EffectId effect)
    {
        outbox.Complete(effect);
        effects.Remove(effect);
    }

    public virtual bool IsPending(EffectId effect) => outbox.IsPending(effect);

    public bool AwaitsPlacement(string clientOrderId) => effects.Values.Any(effect => effect.Body is PlaceEffect or PlaceListEffect && ((VenueEffect)effect.Body).ClientOrderId == clientOrderId);

    public IReadOnlyList<StoredTimer> ClaimTimers() => [.. timers.Claim(Now, Leases.Timer, AtOnce).Select(token => bodies[token])];

    /// <summary>Level-triggered: a timer whose claimer died is due again when its lease ends.</summary>
    public virtual void ReapTimers() => timers.Reap(Now);

    void Move(Guid orderId, DateTimeOffset? from, DateTimeOffset? to, bool isProbe)
    {
        if (from == to) return;
        if (from is { } was) timers.Disarm(Token(was));
        if (to is not { } at) return;
        timers.Arm(Token(at), at);
        bodies[Token(at)] = new StoredTimer(Token(at), orderId, isProbe);

        Guid Token(DateTimeOffset due) => SagaIds.Derive(orderId, $"{(isProbe ? "probe" : "policy")}:{due.UtcTicks}");
    }

    DateTimeOffset Now => world.At(world.Now);

    void Add(Guid id, int seq, object body)
    {
        var effect = new EffectId(id, seq);
        if (effects.TryAdd(effect, new Pending(effect, body))) outbox.Add(effect, Now, Leases.Effect);
    }
}
