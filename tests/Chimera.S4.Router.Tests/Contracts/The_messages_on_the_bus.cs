using System.Reflection;
using System.Text.Json;
using Chimera.S4.Contracts;
using MassTransit;
using MassTransit.Serialization;
using Xunit;

namespace Chimera.S4.Router.Tests.Contracts;

public class The_messages_on_the_bus
{
    static readonly JsonSerializerOptions Wire = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    static readonly Type[] Messages = [.. typeof(OrderIntent).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<EntityNameAttribute>() is not null)];

    public static TheoryData<string> Names => new(Pins.All.Select(pin => pin.Name));

    [Fact]
    public void Are_all_pinned() => Assert.Equal(Messages.Select(type => type.Name).Order(), Pins.All.Select(pin => pin.Sample.GetType().Name).Order());

    [Theory, MemberData(nameof(Names))]
    public void Keep_their_urn_and_their_exchange(string name)
    {
        var type = Sample(name).GetType();

        Assert.Equal($"urn:message:{name}", MessageUrn.ForType(type).ToString());
        Assert.True(Bus.Factory.CreateUsingInMemory(_ => { }).Topology.TryGetPublishAddress(type, out var exchange));
        Assert.Equal(name, exchange!.AbsolutePath.TrimStart('/'));
    }

    [Theory, MemberData(nameof(Names))]
    public void Keep_their_json(string name) => Assert.Equal(Pins.All.Single(pin => pin.Name == name).Json, JsonSerializer.Serialize(Sample(name), Wire));

    [Theory, MemberData(nameof(Names))]
    public void Lose_nothing_on_the_way(string name)
    {
        var json = Pins.All.Single(pin => pin.Name == name).Json;

        var back = JsonSerializer.Deserialize(json, Sample(name).GetType(), Wire);

        Assert.Equal(json, JsonSerializer.Serialize(back, Wire));
    }

    [Theory, MemberData(nameof(Names))]
    public void Are_pinned_with_a_value_in_every_field(string name) => Assert.Empty(Absent(Sample(name), name));

    [Theory]
    [InlineData("""{"qty":1.50}""")]
    [InlineData("""{"qty":"1.50"}""")]
    [InlineData("""{"qty":"1.5"}""")]
    [InlineData("""{"qty":15e-1}""")]
    public void Take_decimals_as_strings_or_numbers_and_write_strings(string json)
    {
        var intent = JsonSerializer.Deserialize<OrderIntent>(json, Wire)!;

        Assert.Equal(1.5m, intent.Qty);
        Assert.Contains("\"qty\":\"1.5\"", JsonSerializer.Serialize(intent, Wire));
    }

    [Theory]
    [InlineData("0.1000000000000000055511151231", "0.1000000000000000055511151231")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("100", "100")]
    [InlineData("-0.50", "-0.5")]
    public void Keep_every_digit_of_a_decimal(string written, string read) =>
        Assert.Contains($"\"qty\":\"{read}\"", JsonSerializer.Serialize(JsonSerializer.Deserialize<OrderIntent>($$"""{"qty":{{written}}}""", Wire), Wire));

    [Fact]
    public void Take_the_intent_id_in_its_nested_form() =>
        Assert.Equal("n1", JsonSerializer.Deserialize<OrderIntent>("""{"intent":{"intent_id":"n1"}}""", Wire)!.Intent!.IntentId);

    [Fact]
    public void Keep_the_fields_of_an_intent_that_nobody_knows() =>
        Assert.Equal("reduce_onyl", Assert.Single(JsonSerializer.Deserialize<OrderIntent>("""{"reduce_onyl":true}""", Wire)!.Unknown!).Key);

    [Fact]
    public void Stand_in_the_table_of_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "Chimera.S4.Contracts", "README.md"));

        Assert.All(Pins.All, pin => Assert.Contains($"| `{pin.Sample.GetType().Name}` | `{pin.Name}` |", readme));
    }

    static object Sample(string name) => Pins.All.Single(pin => pin.Name == name).Sample;

    static IEnumerable<string> Absent(object? value, string path) => value switch
    {
        null => [path],
        Array { Length: 0 } => [path],
        Array items => items.Cast<object>().SelectMany(item => Absent(item, path)),
        _ when value.GetType().Assembly == typeof(OrderIntent).Assembly && value is not UnknownFields =>
            value.GetType().GetProperties().SelectMany(property => Absent(property.GetValue(value), $"{path}.{property.Name}")),
        _ => [],
    };
}
