using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Intake;

public class The_intent_reader
{
    static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    readonly IntentReader reader = new(new FakeTimeProvider(Now));

    const string Plain = """{"intent_id":"i","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"1.5"}""";

    (Intent Intent, Denial? Malformed) Read(string json, DateTime? sent = null) => reader.Read(JsonSerializer.Deserialize<OrderIntent>(json)!, sent);
    string HashOf(string json) => Read(json).Intent.ContentHash;

    /// <summary>The plain intent with one field set, replaced, or (null) taken away.</summary>
    static string With(string field, string? json)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Plain)!;
        if (json is null) fields.Remove(field);
        else fields[field] = JsonSerializer.Deserialize<JsonElement>(json);
        return JsonSerializer.Serialize(fields);
    }

    [Fact]
    public void Fills_in_the_defaults()
    {
        var (intent, malformed) = Read(Plain);
        Assert.Null(malformed);
        Assert.Equal((OrderType.Market, false, null, null, 1.5m), (intent.Type, intent.ReduceOnly, intent.TimeInForce, intent.ExpiresAt, intent.Qty.Value));
        Assert.Equal((Now, Now), (intent.PublishedAt, intent.ReceivedAt));
    }

    [Theory]
    [InlineData("2026-11-22T07:59:50Z", "07:59:50")]
    [InlineData("2026-11-22T09:00:00Z", "08:00:00")]   // a clock ahead of ours makes nobody immortal
    public void Takes_the_publishers_time_unless_it_lies_ahead(string sent, string published) =>
        Assert.Equal(published, Read(Plain, DateTimeOffset.Parse(sent, null).UtcDateTime).Intent.PublishedAt.ToString("HH:mm:ss"));

    [Theory]
    [InlineData("market      null           FieldRequired       market is missing; allowed: SPOT, FUT")]
    [InlineData("market      'spot'         UnknownWord         market 'spot' is not known; allowed: SPOT, FUT")]
    [InlineData("market      'UNKNOWN'      UnknownWord         market 'UNKNOWN' is not known; allowed: SPOT, FUT")]
    [InlineData("symbol      null           FieldRequired       symbol is missing; it is a venue symbol such as BTCUSDT")]
    [InlineData("symbol      ''             FieldRequired       symbol is missing; it is a venue symbol such as BTCUSDT")]
    [InlineData("side        null           FieldRequired       side is missing; allowed: BUY, SELL")]
    [InlineData("side        'LONG'         UnknownWord         side 'LONG' is not known; allowed: BUY, SELL")]
    [InlineData("type        'ICEBERG'      UnknownWord         type 'ICEBERG' is not known; allowed: MARKET, LIMIT, LIMIT_MAKER, STOP, TAKE_PROFIT")]
    [InlineData("time_in_force 'GTX'        UnknownWord         time_in_force 'GTX' is not known; allowed: GTC, IOC, FOK")]
    [InlineData("qty         null           FieldRequired       qty is missing; it is a base quantity above 0")]
    [InlineData("qty         0              MalformedField      qty 0 must be above 0")]
    [InlineData("qty         '-1'           MalformedField      qty -1 must be above 0")]
    [InlineData("price       0              MalformedField      price 0 must be above 0")]
    [InlineData("trigger_px  '9'            FieldNotAllowed     trigger_px is allowed for STOP and TAKE_PROFIT only, not MARKET")]
    [InlineData("reduceonly  true           UnknownField        unknown field 'reduceonly': a misspelt field must not change what is traded")]
    [InlineData("replaces    {}             FieldRequired       replaces.intent_id is missing, or not 1–64 characters")]
    [InlineData("exec_policy {'twap':{'weights':'CUBE'}} UnknownWord  exec_policy.twap.weights 'CUBE' is not known; allowed: EQUAL, SQRT")]
    [InlineData("exec_policy {'oco':{}}     FieldRequired       exec_policy.oco.tp_px is missing; it is a price above 0")]
    [InlineData("exec_policy {'oco':{'tp_px':2,'sl_px':0}} MalformedField  exec_policy.oco.sl_px 0 must be above 0")]
    [InlineData("exec_policy {'oco':{'tp_px':2,'sl_px':1,'on_leg_failure':'WAIT'}} UnknownWord  exec_policy.oco.on_leg_failure 'WAIT' is not known; allowed: GUARD, MARKET")]
    [InlineData("exec_policy {'guard_stop':{'sl_px':1}} FieldRequired  exec_policy.guard_stop.enable is missing; allowed: true, false")]
    [InlineData("exec_policy {'guard_stop':{'enable':true}} FieldRequired  exec_policy.guard_stop.sl_px is missing; it is a price above 0")]
    public void Denies_with_the_field_its_value_and_what_is_allowed(string row)
    {
        var words = row.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        var malformed = Read(With(words[0], words[1] == "null" ? null : words[1].Replace('\'', '"'))).Malformed!;
        Assert.Equal((Enum.Parse<ReasonCode>(words[2]), words[3].Trim()), (malformed.Reason, malformed.Message));
    }

    [Theory]
    [InlineData("qty", "1.50")]
    [InlineData("qty", "\"1.500\"")]
    [InlineData("qty", "15e-1")]
    [InlineData("type", "\"MARKET\"")]
    [InlineData("reduce_only", "false")]
    [InlineData("price", "null")]
    public void Takes_other_spellings_for_the_same_content(string field, string json) => Assert.Equal(HashOf(Plain), HashOf(With(field, json)));

    [Theory]
    [InlineData("qty", "1.51")]
    [InlineData("side", "\"SELL\"")]
    [InlineData("market", "\"FUT\"")]
    [InlineData("symbol", "\"ETHUSDT\"")]
    [InlineData("type", "\"LIMIT\"")]
    [InlineData("reduce_only", "true")]
    [InlineData("expires_at", "\"2026-11-22T08:00:00Z\"")]
    [InlineData("exec_policy", "{\"twap\":{\"slices\":2}}")]
    [InlineData("intent_id", "\"j\"")]
    public void Tells_other_content_apart(string field, string json) => Assert.NotEqual(HashOf(Plain), HashOf(With(field, json)));

    [Fact]
    public void Takes_the_nested_id_for_the_flat_one()
    {
        var nested = Plain.Replace("\"intent_id\":\"i\"", "\"intent\":{\"intent_id\":\"i\"}", StringComparison.Ordinal);
        Assert.Equal(("i", HashOf(Plain)), (Read(nested).Intent.IntentId, HashOf(nested)));
        Assert.Equal(SagaIds.Of("i"), IntentReader.OrderIdOf(JsonSerializer.Deserialize<OrderIntent>(nested)!));
    }

    [Fact]
    public void Takes_an_instant_for_itself_in_any_time_zone() =>
        Assert.Equal(HashOf(With("expires_at", "\"2026-11-22T16:00:00+08:00\"")), HashOf(With("expires_at", "\"2026-11-22T08:00:00Z\"")));

    [Theory]
    [InlineData(null, "intent_id is missing; it must be 1–64 printable characters")]
    [InlineData("", "intent_id is ''; it must be 1–64 printable characters")]
    [InlineData("a\tb", "intent_id is 'a\tb'; it must be 1–64 printable characters")]
    [InlineData("ä", "intent_id is 'ä'; it must be 1–64 printable characters")]
    public void Can_say_nothing_about_an_intent_without_an_id(string? id, string says) =>
        Assert.Equal(says, Assert.Throws<UnreadableIntentException>(() => IntentReader.OrderIdOf(new OrderIntent { IntentId = id })).Message);

    [Fact]
    public void Takes_ids_of_one_to_sixty_four_characters()
    {
        IntentReader.OrderIdOf(new OrderIntent { IntentId = " " });
        IntentReader.OrderIdOf(new OrderIntent { IntentId = new string('~', 64) });
        var endless = Assert.Throws<UnreadableIntentException>(() => IntentReader.OrderIdOf(new OrderIntent { IntentId = new string('x', 100_000) }));
        Assert.True(endless.Message.Length < 200);
    }
}
