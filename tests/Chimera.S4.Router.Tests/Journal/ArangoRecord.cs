using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Journal.Arango;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chimera.S4.Router.Tests.Journal;

/// <summary>A database of its own at a server that speaks ArangoDB's HTTP API, dropped in the end. Read by a second, plain client, batch by batch.</summary>
sealed class ArangoRecord : IRecordBackend
{
    readonly ServiceProvider services, others;
    readonly HttpClient http;
    readonly string database = $"s4-test-{Guid.NewGuid():N}";

    public ArangoRecord(Uri server, string user, string password, params (string Name, string Value)[] more)
    {
        (string, string)[] settings = [("S4_DB_ARANGO_URLS", server.AbsoluteUri), ("S4_DB_ARANGO_DATABASE", database), ("S4_DB_ARANGO_USER", user), ("S4_DB_ARANGO_PASSWORD", password), .. more];
        (services, others) = (Set(settings), Set(settings));
        http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public string Database => database;
    public ServiceProvider Services => services;
    public IJournal Journal => services.GetRequiredService<IJournal>();
    public IJournal Other => others.GetRequiredService<IJournal>();

    public static ServiceProvider Set(params (string Name, string Value)[] settings) => new ServiceCollection().AddLogging().AddMetrics().AddSingleton<RouterMetrics>()
        .AddArangoJournal(new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value))).Build()).BuildServiceProvider();

    public async Task<string> Rows()
    {
        var rows = new List<string>();
        foreach (var collection in new[] { "orders", "fills", "strategy_events" })
            rows.AddRange((await All(collection)).Select(row => RecordText.Line(collection, row.EnumerateObject().Where(field => field.Name is not ("_id" or "_rev")).Select(field => (field.Name, Text(field.Value))))));
        return string.Join('\n', rows);
    }

    public async Task<IReadOnlyList<JsonElement>> All(string collection)
    {
        var rows = new List<JsonElement>();
        var batch = await Send(HttpMethod.Post, "_api/cursor", new Dictionary<string, object>
        {
            ["query"] = "FOR row IN @@collection SORT row._key RETURN row", ["batchSize"] = 7, ["bindVars"] = new Dictionary<string, string> { ["@collection"] = collection },
        });
        while (true)
        {
            rows.AddRange(batch.GetProperty("result").EnumerateArray());
            if (!batch.GetProperty("hasMore").GetBoolean()) return rows;
            batch = await Send(HttpMethod.Post, $"_api/cursor/{batch.GetProperty("id").GetString()}", null);
        }
    }

    /// <exception cref="HttpRequestException">Not answered with success.</exception>
    public async Task<JsonElement> Send(HttpMethod method, string path, object? body, string? inDatabase = null)
    {
        using var request = new HttpRequestMessage(method, $"/_db/{inDatabase ?? database}/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new HttpRequestException($"{method} {path}: {text}", null, response.StatusCode);
    }

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    public async ValueTask DisposeAsync()
    {
        // A journal that was asked nothing has made nothing.
        try { await Send(HttpMethod.Delete, $"_api/database/{database}", null, "_system"); }
        catch (HttpRequestException) { }
        http.Dispose();
        await services.DisposeAsync();
        await others.DisposeAsync();
    }
}
