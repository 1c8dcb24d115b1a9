using Chimera.S4.ArangoStandIn;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Tests.Contracts;
using Chimera.S4.Router.Tests.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Journal;

/// <summary>What S4 expects of a journal, wherever it keeps the record.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    IRecordBackend backend = null!;

    private protected abstract Task<IRecordBackend> Open();

    public async Task InitializeAsync() => backend = await Open();
    public virtual async Task DisposeAsync() => await backend.DisposeAsync();

    static readonly JournalBatch Full = (JournalBatch)Pins.All.Single(pin => pin.Name == "s4-journal-batch").Sample;

    [Fact]
    public async Task Keeps_every_field_of_every_row_as_the_SQLite_record_has_it()
    {
        await using var sqlite = new SqliteRecord();
        JournalBatch[] batches = [Full, .. DrawnRecord.Batches(new Random(7))];
        await sqlite.Journal.Write(batches, Given.Ever);
        await backend.Journal.Write(batches, Given.Ever);
        Assert.Equal(await sqlite.Rows(), await backend.Rows());
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(100, 8)]
    [InlineData(200, 8)]
    public async Task Ends_the_same_whatever_order_and_however_often_batches_arrive(int firstSeed, int seeds)
    {
        for (var seed = firstSeed; seed < firstSeed + seeds; seed++)
        {
            var random = new Random(seed);
            var batches = DrawnRecord.Batches(random);
            await using var once = new SqliteRecord();
            foreach (var batch in batches) await once.Journal.Write([batch], Given.Ever);

            await using var other = await Open();
            var replayed = batches.Concat(Enumerable.Range(0, batches.Length).Select(_ => batches[random.Next(batches.Length)])).ToArray();
            random.Shuffle(replayed);
            var calls = new List<JournalBatch[]>();
            for (var at = 0; at < replayed.Length; at += calls[^1].Length) calls.Add([.. replayed.Skip(at).Take(random.Next(1, 6))]);
            foreach (var two in calls.Chunk(2)) await Task.WhenAll(two.Select((call, i) => (i == 0 ? other.Journal : other.Other).Write(call, Given.Ever)));

            var (expected, found) = (await once.Rows(), await other.Rows());
            Assert.True(expected == found, $"seed {seed}:\n{expected}\n--- ends as ---\n{found}");
        }
    }

    [Fact]
    public async Task Lets_no_row_of_an_order_go_back()
    {
        await backend.Journal.Write([GivenRecord.Batch(3)], Given.Ever);
        var after = await backend.Rows();
        await backend.Journal.Write([Only(GivenRecord.Order(2))], Given.Ever);
        await backend.Journal.Write([Only(GivenRecord.Order(3) with { Status = "CANCELED" })], Given.Ever);
        Assert.Equal(after, await backend.Rows());
        await backend.Journal.Write([Only(GivenRecord.Order(4) with { OrderId = null })], Given.Ever);
        Assert.Contains("order_id= ", (await backend.Rows()).Split('\n')[0], StringComparison.Ordinal);      // a row is whole: what it does not say is gone
    }

    [Fact]
    public async Task Keeps_a_fill_and_an_event_as_they_were_first_written()
    {
        await backend.Journal.Write([GivenRecord.Batch(1)], Given.Ever);
        var first = await backend.Rows();
        await backend.Journal.Write([new JournalBatch { IntentId = "i", Fills = [GivenRecord.Fill(1) with { Qty = 9 }], Events = [GivenRecord.Event(1) with { Detail = "again" }] }], Given.Ever);
        Assert.Equal(first, await backend.Rows());
    }

    [Fact]
    public async Task Ends_with_the_latest_row_when_many_write_one_order_at_once()
    {
        await Task.WhenAll(Enumerable.Range(1, 24).Select(seq => (seq % 2 == 0 ? backend.Journal : backend.Other).Write([Only(GivenRecord.Order(seq))], Given.Ever)));
        Assert.Contains(" seq=24 ", await backend.Rows(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_as_many_batches_as_one_delivery_brings()
    {
        var batches = Enumerable.Range(1, 100).Select(seq => GivenRecord.Batch(seq) with { Orders = [GivenRecord.Order(seq) with { Key = $"c{seq}" }] }).ToArray();
        await backend.Journal.Write(batches, Given.Ever);
        Assert.Equal(300, (await backend.Rows()).Split('\n').Length);
    }

    [Fact]
    public async Task Answers_and_takes_an_empty_call()
    {
        await backend.Journal.Write([], Given.Ever);
        await backend.Journal.Ping(Given.Ever);
    }

    static JournalBatch Only(OrderRecord row) => new() { IntentId = row.IntentId, Orders = [row] };
}

public class The_record_in_SQLite : JournalContract
{
    private protected override Task<IRecordBackend> Open() => Task.FromResult<IRecordBackend>(new SqliteRecord());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refuses_what_can_never_be_written_and_writes_the_rest(bool cameAsOne)
    {
        await using var record = new SqliteRecord();
        var wrong = new JournalBatch { IntentId = "x", Fills = [GivenRecord.Fill(9) with { Key = "9", Symbol = null!, IntentId = "x" }] };
        JournalBatch[] batches = [GivenRecord.Batch(1), wrong, GivenRecord.Batch(2)];
        var refusal = await Assert.ThrowsAsync<JournalRefusedException>(() => record.Journal.Write(cameAsOne ? [JournalRows.Together(batches)] : batches, Given.Ever));
        Assert.Contains("record of x: SQLite Error 19: 'NOT NULL constraint failed: fills.symbol'", refusal.Message, StringComparison.Ordinal);
        await using var without = new SqliteRecord();
        await without.Journal.Write([batches[0], batches[2]], Given.Ever);
        Assert.Equal(await without.Rows(), await record.Rows());
    }
}

public class The_record_in_the_stand_in_for_ArangoDB : JournalContract
{
    StandIn? server;

    private protected override async Task<IRecordBackend> Open() => new ArangoRecord((server ??= await StandIn.Start(new StandInOptions(Password: "secret"))).Address, "root", "secret");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await server!.DisposeAsync();
    }
}

/// <summary>The same on a real server: <c>S4_TEST_ARANGO_URL</c>, with <c>S4_TEST_ARANGO_USER</c> (default root) and <c>S4_TEST_ARANGO_PASSWORD</c>. Run by <c>infra/test.sh arango</c>.</summary>
[Trait("Category", "Arango")]
public class The_record_in_ArangoDB : JournalContract
{
    private protected override Task<IRecordBackend> Open() => Task.FromResult<IRecordBackend>(new ArangoRecord(
        new Uri(Variable("URL") ?? throw new InvalidOperationException("S4_TEST_ARANGO_URL is not set: it names the server, such as http://127.0.0.1:8529")), Variable("USER") ?? "root", Variable("PASSWORD") ?? ""));

    static string? Variable(string name) => Environment.GetEnvironmentVariable($"S4_TEST_ARANGO_{name}");
}
