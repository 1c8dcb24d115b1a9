using Chimera.S4.HttpAdapter.Security;
using Microsoft.OpenApi;

namespace Chimera.S4.HttpAdapter.OpenApi;

/// <summary>One document, served at <c>/openapi/v1.json</c>.</summary>
static class OpenApiSetup
{
    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddSchemaTransformer(ContractSchemas.Describe);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Chimera S4 order router",
                Version = "v1",
                Description = "Order intents in, exchange orders out, each exactly once. Decimals are strings in answers, strings or numbers in requests. Everything that is not a result is `application/problem+json` with a stable `code`.",
            };
            foreach (var server in document.Servers ?? []) server.Url = server.Url?.TrimEnd('/');
            (document.Components ??= new()).SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [ApiKeyGate.Header] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = ApiKeyGate.Header,
                    Description = "Needed where keys are configured (`S4_API_KEYS`). Roles: read < trade < ops.",
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var needed = context.Description.ActionDescriptor.EndpointMetadata.OfType<RoleNeeded>().LastOrDefault() ?? new RoleNeeded(ApiRole.Read);
            if (needed.Role is not { } role) return Task.CompletedTask;
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(ApiKeyGate.Header, context.Document)] = [] }];
            (operation.Responses ??= [])["401"] = new OpenApiResponse { Description = "Keys are configured, and the request has no known one" };
            operation.Responses["403"] = operation.Responses.TryGetValue("403", out var own)
                ? new OpenApiResponse { Description = $"{own.Description}; or the key's role is below {role.ToString().ToLowerInvariant()}", Content = own.Content }
                : new OpenApiResponse { Description = $"The key's role is below {role.ToString().ToLowerInvariant()}" };
            return Task.CompletedTask;
        });
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json").RequireRole(ApiRole.Read);
}
