using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chimera.S4.Router.Tests.Journal;

public class An_answer_of_ArangoDB
{
    [Theory]
    [InlineData(201, """{"result":[],"error":false,"code":201}""", "Done")]
    [InlineData(202, """[{"_key":"a"},{"_key":"b"}]""", "Done")]
    [InlineData(202, """[{"_key":"a"},{"error":true,"errorNum":1200,"errorMessage":"conflict"},{"error":true,"errorNum":1221,"errorMessage":"illegal document key"}]""", "Mistake")]
    [InlineData(202, """[{"error":true,"errorNum":1210,"errorMessage":"unique"},{"error":true,"errorNum":1200,"errorMessage":"conflict"}]""", "Conflict")]
    [InlineData(409, """{"error":true,"code":409,"errorNum":1200,"errorMessage":"write-write conflict"}""", "Conflict")]
    [InlineData(500, """{"error":true,"code":500,"errorNum":18,"errorMessage":"lock timeout"}""", "Conflict")]
    [InlineData(409, """{"error":true,"code":409,"errorNum":1207,"errorMessage":"duplicate name"}""", "AlreadyThere")]
    [InlineData(404, """{"error":true,"code":404,"errorNum":1203,"errorMessage":"collection or view not found"}""", "Absent")]
    [InlineData(404, """{"error":true,"code":404,"errorNum":1228,"errorMessage":"database not found"}""", "Absent")]
    [InlineData(404, """{"error":true,"code":404,"errorNum":404,"errorMessage":"unknown path"}""", "Mistake")]
    [InlineData(400, """{"error":true,"code":400,"errorNum":1501,"errorMessage":"AQL: syntax error"}""", "Mistake")]
    [InlineData(400, """{"error":true,"code":400,"errorNum":1620,"errorMessage":"schema"}""", "Mistake")]
    [InlineData(410, """{"error":true,"code":410,"errorNum":1500,"errorMessage":"query killed"}""", "Retry")]
    [InlineData(401, """{"error":true,"code":401,"errorNum":11,"errorMessage":"not authorized"}""", "Retry")]
    [InlineData(403, """{"error":true,"code":403,"errorNum":1004,"errorMessage":"read-only"}""", "Retry")]
    [InlineData(500, """{"error":true,"code":500,"errorNum":32,"errorMessage":"resource limit"}""", "Retry")]
    [InlineData(502, "<html>a proxy says this</html>", "Retry")]
    public void Means(int status, string body, string outcome) => Assert.Equal(outcome, ArangoReply.Read(status, body).Outcome.ToString());
}

public class The_settings_of_the_ArangoDB_journal
{
    [Theory]
    [InlineData("S4_DB_ARANGO_URLS", "localhost:8529", "each address must be http://host:port or https://host:port")]
    [InlineData("S4_DB_ARANGO_URLS", "http://a:8529,,http://b:8529", "each address must be")]
    [InlineData("S4_DB_ARANGO_URLS", "http://root:hunter2@a:8529", "each address must be")]
    [InlineData("S4_DB_ARANGO_URLS", "http://a:8529/_db/x", "without user or path")]
    [InlineData("S4_DB_ARANGO_DATABASE", "1st", "'1st' is not a letter followed by at most 63")]
    [InlineData("S4_DB_ARANGO_DATABASE", "_system/x", "is not a letter followed by")]
    [InlineData("S4_DB_ARANGO_AUTH", "basic", "'basic' is not one of JWT, BASIC")]
    [InlineData("S4_DB_ARANGO_CA_FILE", "/nowhere/ca.pem", "/nowhere/ca.pem")]
    [InlineData("S4_DB_ARANGO_TIMEOUT_MS", "99", "whole number of milliseconds from 100 to 60000")]
    public void Are_refused_by_name_and_form(string name, string value, string says)
    {
        using var services = ArangoRecord.Set(name == "S4_DB_ARANGO_URLS" ? [(name, value)] : [("S4_DB_ARANGO_URLS", "http://127.0.0.1:8529"), (name, value)]);
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ArangoOptions>>().Value);
        Assert.StartsWith($"{name}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }
}
