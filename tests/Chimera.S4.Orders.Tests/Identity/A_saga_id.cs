using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_saga_id
{
    static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>RFC 9562 appendix A.4, and the vectors that other implementations publish.</summary>
    [Theory]
    [InlineData("www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2")]
    [InlineData("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d")]
    public void Is_a_uuid_of_version_5(string name, string id) => Assert.Equal(Guid.Parse(id), SagaIds.Derive(Dns, name));

    [Fact]
    public void Says_its_version_and_variant() => Seeds.Each(500, random =>
    {
        var id = SagaIds.Of($"intent-{random.Next()}");
        Assert.Equal((5, 0x8), (id.Version, id.Variant & 0xC));
    });

    [Fact]
    public void Tells_names_apart_that_look_alike()
    {
        string[] names = ["a", "A", "a ", " a", "\u00e9", "e\u0301", "中文", new string('x', 64)];
        Assert.Equal(names.Length, names.Select(SagaIds.Of).Distinct().Count());
    }
}
