using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Tracing;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Xunit;

namespace Chimera.S4.Router.Tests.Ops;

public sealed class A_line_about_an_order : IDisposable
{
    readonly List<LogEvent> lines = [];
    readonly KnownIntents known = new();
    readonly Logger log;
    readonly Guid id = SagaIds.Of("i");

    public A_line_about_an_order() => log = new LoggerConfiguration().Enrich.With(new IntentEnricher(known, () => "s4", human: true)).WriteTo.Sink(new Kept(lines)).CreateLogger();

    sealed class Kept(List<LogEvent> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => lines.Add(logEvent);
    }

    public void Dispose() => log.Dispose();

    async Task Known()
    {
        await using var rig = await RouterRig.Start();
        await rig.Ask(RouterRig.Intent("i"));
        await rig.Until("i", order => !order.VenueOrders.IsEmpty);
        known.Note((await rig.Order("i"))!, null);
    }

    string? Last(string name) => lines[^1].Properties.TryGetValue(name, out var value) ? ((ScalarValue)value).Value?.ToString() : null;

    [Fact]
    public async Task Names_the_intent_by_whichever_id_it_knows()
    {
        await Known();
        var order = RouterRig.ClientOrderIdOf("i");
        log.Warning("Effect {OrderId} waits", id);
        Assert.Equal(("i", order, $" · i · {order}"), (Last("IntentId"), Last("ClientOrderId"), Last("Ids")));
        log.Warning("Placement {ClientOrderId} waits", order);
        Assert.Equal(("i", " · i"), (Last("IntentId"), Last("Ids")));        // the sentence has named the other
    }

    [Fact]
    public async Task Is_left_alone_where_it_is_about_another_or_about_none()
    {
        await Known();
        log.Warning("Cancel of {OrderId}", "71");                            // the exchange's id
        Assert.Null(Last("IntentId"));
        log.Warning("Order {ClientOrderId}", "web_foreign");
        Assert.Null(Last("IntentId"));
        log.Warning("Ready");
        Assert.Null(Last("Ids"));
    }

    [Fact]
    public void Does_not_make_the_memory_of_intents_grow_for_ever()
    {
        var order = new Order { Id = id, Intent = null!, Status = OrderStatus.Working, CreatedAt = default, UpdatedAt = default };
        var intent = Sample();
        for (var i = 0; i < 21_000; i++) known.Note(order with { Id = Guid.NewGuid(), Intent = intent }, null);
        known.Note(order with { Intent = intent }, null);
        Assert.Equal("i", known.Of(id)?.IntentId);
        Assert.True(known.Count <= 20_000);
    }

    static Intent Sample() => new()
    {
        IntentId = "i", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new Quantity(1), Type = OrderType.Market, PublishedAt = default, ReceivedAt = default, ContentHash = "",
    };
}
