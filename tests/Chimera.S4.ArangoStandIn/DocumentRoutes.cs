using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>https://docs.arangodb.com/stable/develop/http-api/documents/ — one document, or an array of them, each answered in its place.</summary>
static class DocumentRoutes
{
    public static Answer Handle(Request request, Database database, Faults faults)
    {
        if (request.Path is not [_, _, var name, .. var rest] || rest.Length > 1) throw ArangoError.NotFound();
        var collection = database.Collection(name);
        var status = request.Flag("waitForSync") || collection.WaitForSync ? 201 : 202;
        return (request.Method, rest) switch
        {
            ("GET" or "HEAD", [var key]) => Read(request, collection.Get(key)),
            ("POST", []) => Each(request, status, document => Insert(request, collection, document, faults)),
            ("PUT", []) when request.Flag("onlyget") => Each(request, 200, selector => collection.Get(KeyOf(selector)), writes: false),
            ("PUT", []) => Each(request, status, document => Replace(request, collection, KeyOf(document), document)),
            ("PATCH", []) => Each(request, status, document => Update(request, collection, KeyOf(document), document)),
            ("DELETE", []) => Each(request, status == 201 ? 200 : 202, selector => Remove(request, collection, KeyOf(selector), selector)),
            ("PUT", [var key]) => One(request, status, () => Replace(request, collection, key, request.Object)),
            ("PATCH", [var key]) => One(request, status, () => Update(request, collection, key, request.Object)),
            ("DELETE", [var key]) => One(request, status == 201 ? 200 : 202, () => Remove(request, collection, key, null)),
            _ => throw ArangoError.NotFound(),
        };
    }

    static Answer Read(Request request, JsonObject document)
    {
        var revision = (string)document["_rev"]!;
        if (request.IfNoneMatch == revision) return new Answer(304, null, Revision: revision);
        if (request.IfMatch is { } wanted && wanted != revision) throw ArangoError.Precondition();
        return new Answer(200, document, Revision: revision);
    }

    static JsonObject Insert(Request request, Collection collection, JsonNode? given, Faults faults)
    {
        if (given is not JsonObject document) throw ArangoError.TypeInvalid();
        if (faults.TakeConflict()) throw ArangoError.Conflict();
        var known = (string?)document["_key"] is { } key ? collection.Find(key) : null;
        var mode = request.Word("overwriteMode") ?? (request.Flag("overwrite") ? "replace" : "conflict");
        return (known, mode) switch
        {
            (null, _) or (_, "conflict") => Meta(request, collection.Insert(document), null),
            (_, "ignore") => Meta(request, known, null, isNew: false),
            (_, "replace") => Meta(request, collection.Replace((string)known["_key"]!, document, null), known),
            (_, "update") => Meta(request, collection.Update((string)known["_key"]!, document, null, request.Flag("keepNull", true), request.Flag("mergeObjects", true)), known),
            _ => throw ArangoError.BadParameter("unknown overwriteMode"),
        };
    }

    static JsonObject Replace(Request request, Collection collection, string key, JsonNode? document)
    {
        var (whole, old) = (document as JsonObject ?? throw ArangoError.TypeInvalid(), collection.Get(key));
        return Meta(request, collection.Replace(key, whole, Matching(request, whole)), old);
    }

    static JsonObject Update(Request request, Collection collection, string key, JsonNode? document)
    {
        var (changes, old) = (document as JsonObject ?? throw ArangoError.TypeInvalid(), collection.Get(key));
        return Meta(request, collection.Update(key, changes, Matching(request, changes), request.Flag("keepNull", true), request.Flag("mergeObjects", true)), old);
    }

    static JsonObject Remove(Request request, Collection collection, string key, JsonNode? selector)
    {
        var old = collection.Remove(key, Matching(request, selector as JsonObject));
        return Meta(request, old, old, isNew: false);
    }

    /// <summary>If-Match, or the revision in the body where it is not to be ignored.</summary>
    static string? Matching(Request request, JsonObject? document) => request.IfMatch ?? (request.Flag("ignoreRevs", true) ? null : (string?)document?["_rev"]);

    static JsonObject Meta(Request request, JsonObject stored, JsonObject? old, bool isNew = true)
    {
        if (request.Flag("silent")) return [];
        var meta = new JsonObject { ["_id"] = stored["_id"]!.DeepClone(), ["_key"] = stored["_key"]!.DeepClone(), ["_rev"] = stored["_rev"]!.DeepClone() };
        if (old is not null && isNew) meta["_oldRev"] = old["_rev"]!.DeepClone();
        if (request.Flag("returnNew") && isNew) meta["new"] = stored.DeepClone();
        if (request.Flag("returnOld") && old is not null) meta["old"] = old.DeepClone();
        return meta;
    }

    static Answer One(Request request, int status, Func<JsonObject> run)
    {
        var meta = run();
        return new Answer(status, request.Flag("silent") ? new JsonObject() : meta, Writes: true, Revision: (string?)meta["_rev"]);
    }

    /// <summary>A single document is answered alone; of an array the rest goes on where one fails, and the header counts the errors.</summary>
    static Answer Each(Request request, int status, Func<JsonNode?, JsonObject> run, bool writes = true)
    {
        if (request.Json is not JsonArray all) return One(request, status, () => run(request.Json)) with { Writes = writes };
        var (answers, errors) = (new JsonArray(), new List<int>());
        foreach (var one in all)
        {
            try
            {
                var meta = run(one);
                if (!request.Flag("silent")) answers.Add((JsonNode)meta);
            }
            catch (ArangoError error)
            {
                errors.Add(error.Number);
                answers.Add((JsonNode)error.InLine);
            }
        }
        return new Answer(status, answers, writes, ErrorCodes: errors.Count == 0 ? null : string.Join(',', errors.CountBy(number => number).Select(pair => $"{pair.Key}:{pair.Value}")));
    }

    static string KeyOf(JsonNode? selector) => selector switch
    {
        JsonObject document => (string?)document["_key"] ?? throw ArangoError.KeyBad(),
        JsonValue text when text.TryGetValue(out string? key) => key.Split('/')[^1],
        _ => throw ArangoError.TypeInvalid(),
    };
}
