using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Tests.HttpAdapter;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.Contracts;

/// <summary>infra/docs/asyncapi.json describes what services outside S4 send and hear on the bus. Its shapes are those of the OpenAPI document, its examples the pinned messages. <c>S4_WRITE_DOCS=1</c> writes it anew.</summary>
public class The_asyncapi_document
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Is_what_the_code_says() => await Repository.Says("infra/docs/asyncapi.json", (await Build()).ToJsonString(Indented) + "\n", nameof(The_asyncapi_document));

    static async Task<JsonObject> Build()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter());
        var rest = JsonNode.Parse((await adapter.Get("/openapi/v1.json")).Json.GetProperty("components").GetProperty("schemas").GetRawText())!.AsObject();
        var schemas = new JsonObject
        {
            ["IntentReply"] = Reply("OrderResult", rest, ("retry_after", new JsonObject { ["type"] = new JsonArray("null", "string"), ["description"] = "When to try again, hh:mm:ss.fffffff, for answers with status 503; else null." })),
            ["CancelReply"] = Reply("CancelResult", rest),
        };
        foreach (var name in (string[])["OrderIntent", "CancelRequest", "OrderResult", "CancelResult", "Alert"]) Take(name, rest, schemas);

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Chimera S4 on the bus",
                ["version"] = "1.0.0",
                ["description"] = "What services outside S4 send and hear. Every exchange is a durable fanout. Publish persistent, mandatory and with confirms: a confirm of a message that was not returned is the acknowledgement, and from then on the intent takes effect exactly once. Sending it again is safe.",
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["rabbitmq"] = new JsonObject { ["host"] = "rabbitmq:5672", ["protocol"] = "amqp", ["description"] = "S4_RABBITMQ_URI. Users and what each may do: infra/rabbitmq/definitions.json." },
            },
            ["channels"] = new JsonObject
            {
                ["intents"] = Channel<OrderIntent>("Order intents. Raw JSON, or a MassTransit envelope (application/vnd.masstransit+json).", "OrderIntent"),
                ["cancels"] = Channel<CancelRequest>("Cancels, in the same two forms.", "CancelRequest"),
                ["alerts"] = Channel<Alert>("Conditions that a person has to know of, in a MassTransit envelope: bind a queue of your own.", "Alert"),
                ["replies"] = new JsonObject
                {
                    ["description"] = "The exchange that the sender named in the header MT-Response-Address, reply.* for the user s4-publisher. A MassTransit envelope whose message is the payload; its requestId is the header RequestId.",
                    ["address"] = null,
                    ["messages"] = new JsonObject { ["IntentReply"] = Ref("#/components/messages/IntentReply"), ["CancelReply"] = Ref("#/components/messages/CancelReply") },
                },
            },
            ["operations"] = new JsonObject
            {
                ["sendIntent"] = Operation("receive", "intents", "S4 acts on it, once, and answers when it is terminal or armed; with the header S4-Reply-When: ACCEPTED as soon as it is accepted or denied.", "IntentReply"),
                ["sendCancel"] = Operation("receive", "cancels", "S4 ends what is alive of the intent, and answers when the exchange has confirmed it.", "CancelReply"),
                ["hearAlerts"] = Operation("send", "alerts", "S4 tells each condition once in ten minutes while it holds.", null),
            },
            ["components"] = new JsonObject
            {
                ["messages"] = new JsonObject
                {
                    ["OrderIntent"] = Message("OrderIntent", "order-intent", takesReply: true),
                    ["CancelRequest"] = Message("CancelRequest", "order-cancel", takesReply: true),
                    ["IntentReply"] = Message("IntentReply", "s4-intent-reply", takesReply: false),
                    ["CancelReply"] = Message("CancelReply", "s4-cancel-reply", takesReply: false),
                    ["Alert"] = Message("Alert", "s4-alert", takesReply: false),
                },
                ["schemas"] = schemas,
            },
        };
    }

    static JsonObject Channel<T>(string description, string message) => new()
    {
        ["address"] = typeof(T).GetCustomAttributes(typeof(EntityNameAttribute), false).Cast<EntityNameAttribute>().Single().EntityName,
        ["description"] = description,
        ["messages"] = new JsonObject { [message] = Ref($"#/components/messages/{message}") },
        ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["is"] = "routingKey", ["exchange"] = new JsonObject { ["name"] = typeof(T).GetCustomAttributes(typeof(EntityNameAttribute), false).Cast<EntityNameAttribute>().Single().EntityName, ["type"] = "fanout", ["durable"] = true, ["autoDelete"] = false } } },
    };

    /// <summary>AsyncAPI's action is what S4 does: it receives intents and sends alerts.</summary>
    static JsonObject Operation(string action, string channel, string summary, string? reply)
    {
        var operation = new JsonObject { ["action"] = action, ["channel"] = Ref($"#/channels/{channel}"), ["summary"] = summary };
        if (reply is not null) operation["reply"] = new JsonObject
        {
            ["address"] = new JsonObject { ["location"] = "$message.header#/MT-Response-Address" },
            ["channel"] = Ref("#/channels/replies"),
            ["messages"] = new JsonArray(Ref($"#/channels/replies/messages/{reply}")),
        };
        return operation;
    }

    static JsonObject Message(string schema, string pin, bool takesReply)
    {
        var message = new JsonObject { ["name"] = pin, ["payload"] = Ref($"#/components/schemas/{schema}") };
        if (takesReply) message["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["MT-Response-Address"] = new JsonObject { ["type"] = "string", ["description"] = "exchange:NAME, or exchange:NAME?temporary=true for one that is not durable and deletes itself. Absent: no answer." },
                ["RequestId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid", ["description"] = "Comes back with the answer. Needed for one." },
                ["S4-Reply-When"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(ReplyHeaders.Accepted, ReplyHeaders.Answer) },
            },
        };
        return message;
    }

    static JsonObject Reply(string result, JsonObject rest, params (string Name, JsonObject Schema)[] more)
    {
        Assert.True(rest.ContainsKey(result));
        var properties = new JsonObject { ["result"] = Ref($"#/components/schemas/{result}"), ["http_status"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status that REST would answer with." } };
        foreach (var (name, schema) in more) properties[name] = schema;
        return new JsonObject { ["type"] = "object", ["required"] = new JsonArray("result", "http_status"), ["properties"] = properties };
    }

    /// <summary>The schema, and those that it refers to.</summary>
    static void Take(string name, JsonObject from, JsonObject into)
    {
        if (into.ContainsKey(name)) return;
        into[name] = from[name]!.DeepClone();
        foreach (var reference in References(into[name]!).ToArray()) Take(reference, from, into);
    }

    static IEnumerable<string> References(JsonNode node) => node switch
    {
        JsonObject one => one.SelectMany(field => field is { Key: "$ref", Value: JsonValue text } ? [text.GetValue<string>().Split('/')[^1]] : field.Value is null ? [] : References(field.Value)),
        JsonArray many => many.SelectMany(item => item is null ? [] : References(item)),
        _ => [],
    };

    static JsonObject Ref(string path) => new() { ["$ref"] = path };
}
