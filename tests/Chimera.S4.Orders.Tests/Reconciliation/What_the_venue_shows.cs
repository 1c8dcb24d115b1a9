using Xunit;

namespace Chimera.S4.Orders.Tests;

public class What_the_venue_shows
{
    static readonly Order Document = Sample.Working();

    [Fact]
    public void Is_ours_when_its_document_names_it() => Assert.Equal(Belonging.Ours, Of(Document.Name(), Document));

    [Fact]
    public void Is_an_orphan_when_no_document_is_stored() => Assert.Equal(Belonging.Orphan, Of(Document.Name(), null));

    /// <summary>A store that was restored may know the intent and not its latest order.</summary>
    [Fact]
    public void Is_an_orphan_when_its_document_does_not_name_it() => Assert.Equal(Belonging.Orphan, Of(new ClientOrderId(Sample.Prefix, Document.Id, 0, 7).ToString(), Document));

    [Theory]
    [InlineData("web_8f1a")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("s4")]
    [InlineData("s4tooshort")]
    public void Is_foreign_under_any_other_name(string? name) => Assert.Equal(Belonging.Foreign, Of(name, null));

    [Fact]
    public void Is_foreign_under_the_prefix_of_another_deployment() => Assert.Equal(Belonging.Foreign, Of(new ClientOrderId("zz9", Document.Id, 0, 0).ToString(), Document));

    [Fact]
    public void Is_sorted_by_name_and_foreign_orders_may_share_one()
    {
        VenueOrderState[] open = [State("web_1"), State("web_1"), State(Document.Name()), State("")];
        Assert.Equal([Document.Name()], Reconciliation.WithPrefix(open, Sample.Prefix).Keys);
    }

    static Belonging Of(string? name, Order? document) => Reconciliation.BelongingOf(name, Sample.Prefix, document);

    static VenueOrderState State(string name) => new() { Symbol = "BTCUSDT", ClientOrderId = name, VenueOrderId = "1", Status = VenueStatus.New, CumQty = new(0) };
}
