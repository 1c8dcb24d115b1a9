using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class Many_intents(ITestOutputHelper output)
{
    const int OverBus = 1000, OverRest = 200, Seed = 20261122;

    [Fact]
    public Task Each_end_as_an_independent_judge_says_order_by_order_everywhere() => World.Service(async world =>
    {
        output.WriteLine($"seed {Seed}");
        var instruments = await Instrument.ReadAll(world.Venue);
        var (oracle, maker) = (new Oracle(instruments), new IntentMaker(instruments, Seed));
        var intents = Enumerable.Range(0, OverBus + OverRest).Select(number => Draw(maker, number)).ToArray();
        var verdicts = intents.ToDictionary(intent => (string)intent["intent_id"]!, oracle.Judge);
        var watch = Stopwatch.StartNew();

        var published = intents.Take(OverBus).Select((intent, number) => world.Bus.Publish(intent, number % 2 == 0 ? Form.Envelope : Form.Raw)).ToArray();
        var answers = await Task.WhenAll(Ask(world.Rest, intents.Skip(OverBus).Where((_, number) => number % 2 == 0)), Ask(world.AdapterRest!, intents.Skip(OverBus).Where((_, number) => number % 2 == 1)));
        await Task.WhenAll(published);
        output.WriteLine($"acknowledged after {watch.Elapsed.TotalSeconds:0.0} s");
        await world.AllWitnessesAgree(verdicts.Keys);
        output.WriteLine($"ended and told the same by all after {watch.Elapsed.TotalSeconds:0.0} s");

        var ended = (await RestOrders.Read(world.Rest)).ToDictionary(order => order.IntentId);
        foreach (var (id, verdict) in verdicts)
            Assert.True((ended[id].Status, ended[id].Code, ended[id].FilledQty) == (verdict.Status, verdict.Code, verdict.Qty), $"{id}: expected {verdict}, is {ended[id]}");
        foreach (var (id, answer) in answers.SelectMany(some => some)) CheckAnswer(id, verdicts[id], answer);
        Assert.Empty(await world.FailedMessages());

        var valid = verdicts.Values.Count(verdict => verdict.Status == "FILLED");
        output.WriteLine($"{valid} filled, {verdicts.Count - valid} denied: {string.Join(", ", verdicts.Values.Where(verdict => verdict.Status == "REJECTED").CountBy(verdict => verdict.Code!).Select(count => $"{count.Key} {count.Value}"))}");
        Assert.True(valid >= verdicts.Count * 0.95, $"only {valid} of {verdicts.Count} are valid: the story has lost its point");
    });

    /// <summary>Every 24th carries a mistake, each kind in turn: four percent.</summary>
    static JsonObject Draw(IntentMaker maker, int number) => number % 24 == 23 ? maker.Wrong($"wrong-{number}", IntentMaker.Mistakes[number / 24 % IntentMaker.Mistakes.Length]) : maker.Marketable($"mixed-{number}");

    static async Task<(string Id, Answer Answer)[]> Ask(JsonCaller rest, IEnumerable<JsonObject> intents)
    {
        var answers = new List<(string, Answer)>();
        foreach (var chunk in intents.Chunk(8)) answers.AddRange(await Task.WhenAll(chunk.Select(async intent => ((string)intent["intent_id"]!, await rest.Post("/orders", intent, waitSeconds: 60)))));
        return [.. answers];
    }

    static void CheckAnswer(string id, Verdict verdict, Answer answer)
    {
        Assert.True(answer.Status == verdict.Http, $"{id}: expected {verdict}, answered {answer}");
        Assert.True(answer.Text("code") == verdict.Code, $"{id}: expected {verdict}, answered {answer}");
        if (verdict.Status == "FILLED") Assert.True((answer.Text("status"), answer.Amount("filled_qty"), answer.Text("final")) == ("FILLED", verdict.Qty, "true"), $"{id}: expected {verdict}, answered {answer}");
    }
}
