using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Chimera.S4.ArangoStandIn;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chimera.S4.Router.Tests.Journal;

public sealed class A_journal_in_ArangoDB : IAsyncLifetime
{
    StandIn server = null!;
    ArangoRecord record = null!;

    public async Task InitializeAsync()
    {
        server = await StandIn.Start(new StandInOptions(Password: "secret"));
        record = new ArangoRecord(server.Address, "root", "secret");
    }

    public async Task DisposeAsync()
    {
        await record.DisposeAsync();
        await server.DisposeAsync();
    }

    Task Write(int seq = 1) => record.Journal.Write([GivenRecord.Batch(seq)], Given.Ever);
    Task<StoreUnavailableException> Unavailable(Func<Task> act) => Assert.ThrowsAsync<StoreUnavailableException>(act);
    async Task<int> Count(string collection) => (await record.All(collection)).Count;

    [Fact]
    public async Task Makes_database_collections_and_indexes_also_when_two_replicas_start_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? record.Journal : record.Other).Ping(Given.Ever)));
        string[] expected =
        [
            "fills(_key)", "fills(fill_id)", "fills(intent_id)", "fills(timestamp,order_id)", "markouts(_key)", "markouts(fill_id)", "orders(_key)", "orders(client_order_id)", "orders(intent_id)", "orders(order_id)", "orders(symbol,created_at)",
            "strategy_events(_key)", "strategy_events(intent_id,seq)",
        ];
        Assert.Equal(expected, server.Server.Database(record.Database).Collections.SelectMany(of => of.Indexes.Select(index => $"{of.Name}({string.Join(',', index.Fields)})")).Order(StringComparer.Ordinal));
        Assert.All(server.Server.Database(record.Database).Collections, of => Assert.True(of.WaitForSync));
    }

    [Theory]
    [InlineData("collection/orders", null)]
    [InlineData("database", "_system")]
    public async Task Makes_again_what_somebody_has_dropped(string what, string? from)
    {
        await Write();
        await record.Send(HttpMethod.Delete, from is null ? $"_api/{what}" : $"_api/{what}/{record.Database}", null, from);
        await Write(2);
        Assert.Equal(1, await Count("orders"));
    }

    [Fact]
    public async Task Repeats_a_write_that_met_anothers()
    {
        await Write();
        server.Faults.Order(new Fault(FaultKind.Conflict, 5));
        await Write(2);
        Assert.Equal("2", (await record.All("orders"))[0].GetProperty("seq").GetRawText());
        Assert.Equal(2, await Count("fills"));
    }

    [Fact]
    public async Task Gives_up_for_now_when_it_always_meets_anothers()
    {
        server.Faults.Order(new Fault(FaultKind.Conflict, null));
        await Unavailable(() => Write());
        server.Faults.Clear();
        await Write();
    }

    /// <summary>What the revision in the AQL text is for: comparing the sequence alone would put the older row over the newer one.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(null, 3)]
    public async Task Keeps_a_newer_row_that_came_between_lookup_and_replacement(int? before, int between)
    {
        await record.Journal.Ping(Given.Ever);
        if (before is { } seq) await Write(seq);
        server.Faults.Between(() =>
        {
            var (orders, newer) = (server.Server.Database(record.Database).Collection("orders"), new JsonObject { ["_key"] = "c1", ["seq"] = between });
            if (before is null) orders.Insert(newer);
            else orders.Replace("c1", newer, null);
        });
        await Write(2);
        Assert.Equal(between, (await record.All("orders"))[0].GetProperty("seq").GetInt32());
    }

    [Theory]
    [InlineData("document/fills")]
    [InlineData("cursor")]
    public async Task Ends_the_same_after_an_answer_was_lost_on_the_way(string path)
    {
        await record.Journal.Ping(Given.Ever);
        server.Faults.Order(new Fault(FaultKind.Drop, 1, path));
        await Unavailable(() => Write());
        await Write();
        Assert.Equal((1, 1, 1), (await Count("orders"), await Count("fills"), await Count("strategy_events")));
    }

    [Fact]
    public async Task Is_not_waited_for_longer_than_its_time_out()
    {
        await using var impatient = new ArangoRecord(server.Address, "root", "secret", ("S4_DB_ARANGO_TIMEOUT_MS", "200"));
        await impatient.Journal.Ping(Given.Ever);
        server.Faults.Order(new Fault(FaultKind.Slow, 1, "document", 600_000));
        Assert.Contains("no answer within 200 ms", (await Unavailable(() => impatient.Journal.Write([GivenRecord.Batch(1)], Given.Ever))).Message, StringComparison.Ordinal);
        await impatient.Journal.Write([GivenRecord.Batch(1)], Given.Ever);
    }

    [Fact]
    public async Task Goes_on_at_another_address_and_stays_there()
    {
        await using var second = await StandIn.Start(new StandInOptions(Password: "secret"));
        await using var both = new ArangoRecord(server.Address, "root", "secret", ("S4_DB_ARANGO_URLS", $"http://127.0.0.1:1,{server.Address},{second.Address}"));
        await both.Journal.Write([GivenRecord.Batch(1)], Given.Ever);
        Assert.Single(await both.All("orders"));
        server.Faults.Order(new Fault(FaultKind.Unavailable, null));
        await both.Journal.Write([GivenRecord.Batch(2)], Given.Ever);
        var asked = server.Requests;
        await both.Journal.Write([GivenRecord.Batch(3)], Given.Ever);
        Assert.Equal(asked, server.Requests);
        server.Faults.Clear();
        Assert.Equal(2, second.Server.Database(both.Database).Collection("fills").Count);
    }

    [Fact]
    public async Task Is_told_to_be_away_by_the_reason_at_each_address()
    {
        await using var nowhere = ArangoRecord.Set(("S4_DB_ARANGO_URLS", "http://127.0.0.1:1,http://127.0.0.1:2"));
        var away = await Unavailable(() => nowhere.GetRequiredService<IJournal>().Ping(Given.Ever));
        Assert.Contains("127.0.0.1:1", away.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:2", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_a_new_token_when_the_old_one_has_expired()
    {
        await Write();
        server.ExpireTokens();
        await Task.WhenAll(Enumerable.Range(2, 8).Select(Write));
        Assert.Equal(9, await Count("fills"));
    }

    [Fact]
    public async Task May_send_user_and_password_with_each_request()
    {
        await using var basic = new ArangoRecord(server.Address, "root", "secret", ("S4_DB_ARANGO_AUTH", "BASIC"));
        await basic.Journal.Write([GivenRecord.Batch(1)], Given.Ever);
        server.ExpireTokens();
        await basic.Journal.Write([GivenRecord.Batch(2)], Given.Ever);
    }

    [Fact]
    public async Task Uses_a_given_token_and_tells_when_that_is_refused()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var login = await http.PostAsync("/_open/auth", new StringContent("""{"username":"root","password":"secret"}"""));
        var token = (string)JsonNode.Parse(await login.Content.ReadAsStringAsync())!["jwt"]!;
        await using var given = new ArangoRecord(server.Address, "root", "secret", ("S4_DB_ARANGO_PASSWORD", ""), ("S4_DB_ARANGO_JWT", token));
        await given.Journal.Write([GivenRecord.Batch(1)], Given.Ever);
        server.ExpireTokens();
        Assert.Contains("401 11 not authorized", (await Unavailable(() => given.Journal.Write([GivenRecord.Batch(2)], Given.Ever))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_while_the_password_is_wrong_and_never_shows_it()
    {
        await using var wrong = ArangoRecord.Set(("S4_DB_ARANGO_URLS", server.Address.AbsoluteUri), ("S4_DB_ARANGO_PASSWORD", "hunter2"));
        var refusal = await Unavailable(() => wrong.GetRequiredService<IJournal>().Write([GivenRecord.Batch(1)], Given.Ever));
        Assert.Contains("no token for user 'root': 401", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_no_token_where_the_server_asks_for_none()
    {
        await using var open = await StandIn.Start(new StandInOptions(Authentication: false));
        await using var journal = new ArangoRecord(open.Address, "root", "");
        await journal.Journal.Write([GivenRecord.Batch(1)], Given.Ever);
    }

    [Fact]
    public async Task Trusts_over_TLS_the_authority_that_it_is_told_and_no_other()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var secure = await StandIn.Start(new StandInOptions("https://127.0.0.1:0", Password: "secret", Certificate: certificate));
        var file = Path.Combine(Directory.CreateTempSubdirectory("s4-ca-").FullName, "ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());

        await using var trusting = ArangoRecord.Set(("S4_DB_ARANGO_URLS", secure.Address.AbsoluteUri), ("S4_DB_ARANGO_PASSWORD", "secret"), ("S4_DB_ARANGO_CA_FILE", file));
        await trusting.GetRequiredService<IJournal>().Write([GivenRecord.Batch(1)], Given.Ever);
        await using var doubting = ArangoRecord.Set(("S4_DB_ARANGO_URLS", secure.Address.AbsoluteUri), ("S4_DB_ARANGO_PASSWORD", "secret"));
        Assert.Contains("SSL", (await Unavailable(() => doubting.GetRequiredService<IJournal>().Ping(Given.Ever))).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refuses_what_can_never_be_written_and_writes_the_rest(bool cameAsOne)
    {
        var wrong = new JournalBatch { IntentId = "x", Fills = [GivenRecord.Fill(9) with { Key = "a/b", IntentId = "x" }] };
        JournalBatch[] batches = [GivenRecord.Batch(1), wrong, GivenRecord.Batch(2)];
        var refusal = await Assert.ThrowsAsync<JournalRefusedException>(() => record.Journal.Write(cameAsOne ? [JournalRows.Together(batches)] : batches, Given.Ever));
        Assert.Contains("1221 illegal document key", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((1, 2), (await Count("orders"), await Count("fills")));
    }

    [Fact]
    public async Task Is_well_again_only_when_it_takes_records_again()
    {
        await Write();
        server.Faults.Order(new Fault(FaultKind.Unavailable, null, "document"));
        await Unavailable(() => Write(2));
        Assert.Contains("503", (await Unavailable(() => record.Journal.Ping(Given.Ever))).Message, StringComparison.Ordinal);
        server.Faults.Clear();
        await Write(2);
        await record.Journal.Ping(Given.Ever);
    }
}
