using System.Globalization;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What a router has written, asked as operators and analysts ask it.</summary>
public sealed class The_record
{
    /// <summary>The story moves the market itself, so where it stood is known: 90,000 for the first second after the fill, 90,900 by the fifth.</summary>
    [Fact]
    public Task Tells_where_the_market_went_after_a_fill() => World.Embedded(async world =>
    {
        await Moves(world, "90000");
        var answer = await world.Rest.Post("/orders", Buy("bought"), 60);
        Assert.True(answer.Status == 200 && answer.Text("status") == "FILLED", answer.ToString());
        await Until.True("a second has passed", () => Task.FromResult(Passed(world, 2)));
        await Moves(world, "90900");
        await Until.True("both markouts are told", () => Task.FromResult(Journal.Read(world.Router.DatabaseFile).Markouts.Count >= 2));

        var told = Journal.Read(world.Router.DatabaseFile);
        var paid = told.Fills.Single().Price;
        Assert.Equal([(1, 90_000m, Bps(90_000m)), (5, 90_900m, Bps(90_900m))], told.Markouts.OrderBy(one => one.Seconds).Select(one => (one.Seconds, one.Mid ?? 0, one.Bps ?? 0)));

        decimal Bps(decimal mid) => Math.Round((mid - paid) / paid * 10_000m, 4);
    });

    [Fact]
    public Task Says_so_where_a_restart_has_kept_it_from_watching() => World.Embedded(async world =>
    {
        await world.Rest.Post("/orders", Buy("bought"), 60);
        await Until.True("two seconds have passed", () => Task.FromResult(Passed(world, 2)));
        world.Router.Kill();
        await Until.True("its second horizon has passed as well", () => Task.FromResult(Passed(world, 6)));
        await world.Router.Start();
        await Until.True("both markouts are told", () => Task.FromResult(Journal.Read(world.Router.DatabaseFile).Markouts.Count >= 2));
        Assert.Equal([(1, null, "NOT_WATCHED"), (5, null, "NOT_WATCHED")], Journal.Read(world.Router.DatabaseFile).Markouts.OrderBy(one => one.Seconds).Select(one => (one.Seconds, one.Mid, one.Reason)));
        Assert.Empty(Questions.Ask("completeness", world.Router.DatabaseFile));
    });

    [Fact]
    public Task Answers_every_question_and_tells_a_life_as_the_router_does() => World.Embedded(async world =>
    {
        var patient = Buy("patient");
        patient["exec_policy"] = new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = 400 } };
        await world.Rest.Post("/orders", patient, 60);
        var wrong = Buy("wrong");
        wrong["qty"] = "0.000001";
        await world.Rest.Post("/orders", wrong, 60);
        await Until.True("it is closed", async () => (await world.Result("patient"))?.Text("final") == "true");
        var database = world.Router.DatabaseFile;
        await Until.True("its markouts are told", () => Task.FromResult(Journal.Read(database).Markouts.Count >= 2));

        var silent = Questions.All.Where(question => Questions.Ask(question, database, "patient").Count == 0);
        Assert.Equal(["completeness", "unfinished", "unproven_quantity"], silent);

        var timeline = (await world.Rest.Get("/orders/patient")).Json.GetProperty("timeline").EnumerateArray().ToArray();
        var order = timeline.Select(step => step.GetProperty("what").GetString()!).ToArray();
        Assert.Equal(["RECEIVED", "ROUTER_ORDER_ACCEPTED", "DECIDED"], order.Take(3));
        Assert.True(Array.IndexOf(order, "SENT") < Array.IndexOf(order, "FILL") && Array.IndexOf(order, "FILL") < Array.IndexOf(order, "ROUTER_ORDER_EXECUTED"), string.Join(' ', order));
        Assert.Equal(2, order.Count(what => what == "ACKNOWLEDGED"));
        // The statuses of the intent are the router's alone; all else stands in the record, at the same instants.
        var steps = timeline.Where(step => step.GetProperty("what").GetString() is not ("PENDING_NEW" or "WORKING" or "PARTIALLY_FILLED" or "FILLED" or "CLOSED"))
            .Select(step => $"{step.GetProperty("at").GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)} {step.GetProperty("what").GetString()} "
                + $"{(step.TryGetProperty("client_order_id", out var id) ? id.GetString() : "-")} {(step.TryGetProperty("detail", out var detail) ? detail.GetString() : "-")}");
        Assert.Equal(steps.Order(), Questions.Ask("timeline", database, "patient").Order());
    });

    static bool Passed(World world, int seconds) =>
        Journal.Read(world.Router.DatabaseFile).Fills.Count > 0 && TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse(Questions.Ask("timeline", world.Router.DatabaseFile, "bought").Single(row => row.Contains(" FILL ", StringComparison.Ordinal)).Split(' ')[0], CultureInfo.InvariantCulture) > TimeSpan.FromSeconds(seconds);

    static Task Moves(World world, string mid) => world.Venue.SetMarket(new JsonObject { ["venue"] = "SPOT", ["symbol"] = "BTCUSDT", ["mid"] = mid });

    static JsonObject Buy(string id) => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
}
