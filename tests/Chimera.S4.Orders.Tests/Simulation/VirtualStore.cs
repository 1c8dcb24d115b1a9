namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Something that waits in the store to be done: a venue effect, a reply or a record.</summary>
sealed class Pending(Guid orderId, int seq, object body)
{
    public Guid OrderId => orderId;
    public int Seq => seq;
    public object Body => body;
    public double Due { get; set; }
}

/// <summary>What a record effect carries: the number of the record.</summary>
sealed record RecordBody(int RecordSeq);

/// <summary>Documents with compare-and-set, effects with leases, timers: one commit changes them together (design §3.4). The clock is the store's own.</summary>
class VirtualStore(World world)
{
    public const double Lease = 6, TimerLease = 10;

    sealed record Timer(DateTimeOffset ProbeAt) { public double ClaimedUntil { get; set; } }

    readonly Dictionary<Guid, (int Version, Order Order)> documents = [];
    readonly Dictionary<Guid, Timer> timers = [];
    readonly List<Pending> effects = [];

    /// <summary>Lines of <c>ord:results</c>.</summary>
    public Dictionary<Guid, List<PublishedResult>> Results { get; } = [];
    public bool IsIdle => effects.Count == 0 && timers.Count == 0;
    public int Timers => timers.Count;
    public IEnumerable<Pending> Effects => effects;
    public IEnumerable<Order> Orders => documents.Values.Select(stored => stored.Order);

    public (int Version, Order? Order) Load(Guid id) => documents.TryGetValue(id, out var stored) ? stored : (0, null);

    /// <summary>False: another version is stored.</summary>
    public bool Commit(int expected, Decision decision, DateTimeOffset? timerHandled)
    {
        var order = decision.Order;
        var (version, before) = Load(order.Id);
        if (version != expected) return false;
        documents[order.Id] = (version + 1, order);
        effects.RemoveAll(effect => effect.OrderId == order.Id && decision.Done.Contains(effect.Seq));
        foreach (var effect in decision.Effects) Add(order.Id, effect.Seq, effect);
        foreach (var reply in decision.Replies) Add(order.Id, reply.Seq, reply);
        if (decision.RecordEffect is { } record) Add(order.Id, record, new RecordBody(order.RecordSeq));
        if (timerHandled is { } handled && timers.TryGetValue(order.Id, out var timer) && timer.ProbeAt == handled) timers.Remove(order.Id);
        if (order.ProbeAt is null) timers.Remove(order.Id);
        else if (order.ProbeAt != before?.ProbeAt) timers[order.Id] = new Timer(order.ProbeAt.Value);
        if (decision.Result is { } line)
        {
            if (!Results.TryGetValue(order.Id, out var lines)) Results[order.Id] = lines = [];
            lines.Add(line);
        }
        if (order.Final) Ended(order);
        return true;
    }

    /// <summary>A final order stays as its own tombstone.</summary>
    protected virtual void Ended(Order order)
    {
    }

    protected void Forget(Guid id) => documents.Remove(id);

    public IEnumerable<Pending> PendingOf(Guid id) => [.. effects.Where(effect => effect.OrderId == id)];

    public virtual IReadOnlyList<Pending> ClaimDue()
    {
        Pending[] due = [.. effects.Where(effect => effect.Due <= world.Now)];
        foreach (var effect in due) effect.Due = world.Now + Lease;
        return due;
    }

    public void Postpone(Guid id, int seq, double seconds)
    {
        if (effects.Find(effect => effect.OrderId == id && effect.Seq == seq) is { } pending) pending.Due = world.Now + seconds;
    }

    public void Complete(Guid id, int seq) => effects.RemoveAll(effect => effect.OrderId == id && effect.Seq == seq);

    public virtual bool IsPending(Guid id, int seq) => effects.Exists(effect => effect.OrderId == id && effect.Seq == seq);

    public bool AwaitsPlacement(string clientOrderId) => effects.Exists(effect => effect.Body is PlaceEffect place && place.ClientOrderId == clientOrderId);

    /// <summary>Level-triggered: a timer whose claimer died is due again when its lease ends.</summary>
    public virtual IReadOnlyList<(Guid OrderId, DateTimeOffset ProbeAt)> ClaimTimers()
    {
        var due = timers.Where(timer => world.Now >= World.Seconds(timer.Value.ProbeAt) && world.Now >= timer.Value.ClaimedUntil).ToArray();
        foreach (var (_, timer) in due) timer.ClaimedUntil = world.Now + TimerLease;
        return [.. due.Select(timer => (timer.Key, timer.Value.ProbeAt))];
    }

    protected void ClaimForEver()
    {
        foreach (var timer in timers.Values.Where(timer => timer.ClaimedUntil > 0)) timer.ClaimedUntil = double.MaxValue;
    }

    void Add(Guid id, int seq, object body) => effects.Add(new Pending(id, seq, body) { Due = world.Now + Lease });
}
