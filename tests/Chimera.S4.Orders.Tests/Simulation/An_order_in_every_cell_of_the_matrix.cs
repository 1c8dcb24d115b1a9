using Xunit;

namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>
/// Test matrix A of the field notes, in virtual time: the exchange accepts the first request of an order, and then its answer goes wrong in one of seven ways; two replicas that die and
/// sleep as they like carry it. Whatever the cell: at most one order takes effect, executed is reported, and the end is the exchange's.
/// </summary>
public class An_order_in_every_cell_of_the_matrix
{
    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (var cell in Cell.All) cells.Add(cell.Fault.ToString(), cell.Market.ToString(), cell.Type.ToString());
            return cells;
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Takes_effect_once_and_is_told_as_it_is(string fault, string market, string type) => Hold(fault, market, type, seeds: 20);

    [Theory, MemberData(nameof(Cells)), Trait("Category", "Long")]
    public void Does_so_in_a_thousand_stories(string fault, string market, string type) => Hold(fault, market, type, seeds: 1_000);

    static void Hold(string fault, string market, string type, int seeds)
    {
        var cell = new Cell(Enum.Parse<CellFault>(fault), Enum.Parse<Market>(market), Enum.Parse<OrderType>(type));
        var found = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var world = new World(seed, Ports.Sound, cell: cell);
            if (world.Run() is { } violation) Assert.Fail($"seed {seed}: {violation}\n{string.Join('\n', Story(seed, cell))}");
            // None, where it was asked to end before it was sent, or its cancel had waited for the outcome of a placement of which nothing came.
            var least = world.Happened.ContainsKey("not sent") || world.Happened.ContainsKey("not sent again") ? 0 : 1;
            Assert.True(world.Exchange.Orders.Count is var orders && orders <= 1 && orders >= least, $"seed {seed}: {world.Exchange.Orders.Count} orders");
            found += world.Happened.GetValueOrDefault("found by looking");
        }
        // The fault is there: nobody is told by the answer alone.
        Assert.True(found > 0, "no order had to be looked for");
    }

    static List<string> Story(int seed, Cell cell)
    {
        var story = new List<string>();
        new World(seed, Ports.Sound, story.Add, cell).Run();
        return story;
    }
}
