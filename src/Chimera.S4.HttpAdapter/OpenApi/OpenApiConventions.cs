using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chimera.S4.HttpAdapter.OpenApi;

/// <summary>What the document says beyond types, said beside each endpoint.</summary>
static class OpenApiConventions
{
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, string meaning) => endpoint
        .Produces<T>(status, "application/json")
        .Describe(operation => Response(operation, status)?.Description = meaning);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int status, string meaning) => endpoint
        .ProducesProblem(status)
        .Describe(operation => Response(operation, status)?.Description = meaning);

    public static RouteHandlerBuilder RefusesWhenSilent(this RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(503, "The broker or the router did not answer; `Retry-After` says when to try again");

    public static RouteHandlerBuilder WithRequestHeader(this RouteHandlerBuilder endpoint, string name, string meaning, string example) =>
        endpoint.WithParameter(ParameterLocation.Header, name, meaning, example);

    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, string name, string meaning, string? example, params string[] words) =>
        endpoint.WithParameter(ParameterLocation.Query, name, meaning, example, words);

    public static RouteHandlerBuilder WithRequestExample(this RouteHandlerBuilder endpoint, string name, string json) => endpoint.Describe(operation =>
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) is true)
            (body.Examples ??= new Dictionary<string, IOpenApiExample>())[name] = new OpenApiExample { Summary = name, Value = JsonNode.Parse(json) };
    });

    static RouteHandlerBuilder WithParameter(this RouteHandlerBuilder endpoint, ParameterLocation place, string name, string meaning, string? example, params string[] words) =>
        endpoint.Describe(operation => (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            In = place,
            Name = name,
            Description = meaning,
            Example = example is null ? null : JsonValue.Create(example),
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = words.Length == 0 ? null : [.. words.Select(word => (JsonNode)JsonValue.Create(word)!)] },
        }));

    static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, Action<OpenApiOperation> describe) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            describe(operation);
            return Task.CompletedTask;
        });

    static OpenApiResponse? Response(OpenApiOperation operation, int status) =>
        operation.Responses?.GetValueOrDefault(status.ToString(System.Globalization.CultureInfo.InvariantCulture)) as OpenApiResponse;
}
