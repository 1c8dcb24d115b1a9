using System.Text;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

/// <summary>What the adapter itself refuses, before the router hears of it.</summary>
public class A_malformed_order(A_malformed_order.Adapter adapter) : IClassFixture<A_malformed_order.Adapter>
{
    public sealed class Adapter : IAsyncLifetime
    {
        internal AdapterHost Host { get; private set; } = null!;
        public async Task InitializeAsync() => Host = await AdapterHost.Start(new FakeRouter { OnIntent = _ => throw new InvalidOperationException("the router must not hear of it") });
        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"qty":"abc"}""", "JSON_TYPE", "qty", "\"abc\"", "a JSON number or a string such as \"0.015\"")]
    [InlineData("""{"qty":true}""", "JSON_TYPE", "qty", "true", "a JSON number or a string such as \"0.015\"")]
    [InlineData("""{"intent_id":7}""", "JSON_TYPE", "intent_id", "7", "a JSON string")]
    [InlineData("""{"reduce_only":"yes"}""", "JSON_TYPE", "reduce_only", "\"yes\"", "true or false")]
    [InlineData("""{"expires_at":"tomorrow"}""", "JSON_TYPE", "expires_at", "\"tomorrow\"", "an ISO 8601 time such as \"2026-01-31T12:00:00Z\"")]
    [InlineData("""{"exec_policy":{"twap":{"slices":1.5}}}""", "JSON_TYPE", "exec_policy.twap.slices", "1.5", "a whole number")]
    [InlineData("""{"exec_policy":[]}""", "JSON_TYPE", "exec_policy", "[]", "a JSON object with maker_then_taker, twap, oco, guard_stop")]
    [InlineData("""{"post_fill_actions":{"take_profit":[{"qty":"1"},{"qty":"x"}]}}""", "JSON_TYPE", "post_fill_actions.take_profit[1].qty", "\"x\"", "a JSON number or a string such as \"0.015\"")]
    [InlineData("""{"qty":"1","QTY":"2"}""", "DUPLICATE_FIELD", "QTY", "given more than once", "each field at most once")]
    [InlineData("""{"exec_policy":{"oco":{"tp_px":1,"tp_px":2}}}""", "DUPLICATE_FIELD", "exec_policy.oco.tp_px", "given more than once", "each field at most once")]
    [InlineData("""{"exec_policy":{"maker_then_taker":{"wait":5}}}""", "UNKNOWN_FIELD", "exec_policy.maker_then_taker.wait", "5", "only wait_ms, min_fill_ratio")]
    [InlineData("""{"intent_id":"ü"}""", "INTENT_ID_INVALID", "intent_id", "ü", "1–64 printable ASCII characters")]
    [InlineData("""{"intent":{"intent_id":""}}""", "INTENT_ID_INVALID", "intent_id", "", "1–64 printable ASCII characters")]
    [InlineData("[]", "JSON_TYPE", "body", "[]", "a JSON object")]
    [InlineData("null", "JSON_TYPE", "body", "null", "a JSON object")]
    public async Task Names_the_field_its_value_and_what_is_allowed(string body, string code, string field, string value, string allowed)
    {
        var answer = await adapter.Host.Post("/orders", body);

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal((code, field, value, allowed), (answer["code"], answer["field"], answer["value"], answer["allowed"]));
        Assert.Equal($"{field} is {value}; allowed: {allowed}.", answer["detail"]);
    }

    [Theory]
    [InlineData("", "BODY_MISSING", "body is absent; allowed: a JSON object.")]
    [InlineData("{\"qty\":\n 1,,}", "MALFORMED_JSON", "The body is not JSON: line 2, byte 4; allowed: one JSON object.")]
    [InlineData("{", "MALFORMED_JSON", "The body is not JSON: line 1, byte 2; allowed: one JSON object.")]
    public async Task That_is_no_json_says_where(string body, string code, string detail)
    {
        var answer = await adapter.Host.Post("/orders", body);

        Assert.Equal((400, code, detail), (answer.Status, answer["code"], answer["detail"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Above_64_KiB_is_refused_whether_or_not_it_tells_its_length(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent($$"""{"x":"{{new string('x', 64 * 1024)}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await adapter.Host.Send(request);

        Assert.Equal((413, "BODY_TOO_LARGE"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task That_does_not_say_it_is_json_is_refused_since_any_web_page_could_send_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };

        var answer = await adapter.Host.Send(request);

        Assert.Equal((415, "CONTENT_TYPE"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task Sent_to_a_wrong_place_is_a_problem_too()
    {
        Assert.Equal((404, "application/problem+json"), await Shape("/order"));
        Assert.Equal((405, "application/problem+json"), await Shape("/results"));

        async Task<(int, string?)> Shape(string path)
        {
            var answer = await adapter.Host.Post(path, "{}");
            return (answer.Status, answer.MediaType);
        }
    }
}
