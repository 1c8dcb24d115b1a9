using System.Globalization;
using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>https://docs.arangodb.com/stable/develop/http-api/collections/</summary>
static class CollectionRoutes
{
    public static Answer Handle(Request request, Database database, Revisions revisions) => (request.Method, request.Path) switch
    {
        ("GET", [_, _]) => Answer.Ok(new JsonObject { ["result"] = new JsonArray([.. database.Collections.Select(About)]) }),
        ("POST", [_, _]) => Answer.Ok(About(database.Add(New(request.Object, revisions))), writes: true),
        ("GET", [_, _, var name]) => Answer.Ok(About(database.Collection(name))),
        ("GET", [_, _, var name, "properties"]) => Answer.Ok(About(database.Collection(name))),
        ("GET", [_, _, var name, "count"]) => Answer.Ok(Counted(database.Collection(name))),
        ("PUT", [_, _, var name, "truncate"]) => Truncated(database.Collection(name)),
        ("DELETE", [_, _, var name]) => Answer.Ok(new JsonObject { ["id"] = database.Drop(name).Id }, writes: true),
        _ => throw ArangoError.NotFound(),
    };

    static Collection New(JsonObject body, Revisions revisions)
    {
        if ((string?)body["name"] is not { Length: > 0 } name || !char.IsAsciiLetter(name[0])) throw ArangoError.IllegalName();
        if (body["type"] is { } type && type.GetValue<int>() != 2) throw ArangoError.BadParameter("the stand-in has document collections only");
        return new Collection(name, revisions) { WaitForSync = body["waitForSync"]?.GetValue<bool>() ?? false };
    }

    static JsonObject About(Collection of) => new()
    {
        ["id"] = of.Id, ["name"] = of.Name, ["type"] = 2, ["status"] = 3, ["isSystem"] = false, ["globallyUniqueId"] = $"h{of.Id}/{of.Id}", ["waitForSync"] = of.WaitForSync,
    };

    static JsonObject Counted(Collection of)
    {
        var about = About(of);
        about["count"] = of.Count;
        return about;
    }

    static Answer Truncated(Collection of)
    {
        of.Truncate();
        return Answer.Ok(About(of), writes: true);
    }
}

/// <summary>https://docs.arangodb.com/stable/develop/http-api/indexes/</summary>
static class IndexRoutes
{
    public static Answer Handle(Request request, Database database, Revisions revisions)
    {
        switch (request.Method, request.Path)
        {
            case ("GET", [_, _]):
                var all = database.Collection(request.Word("collection"));
                return Answer.Ok(new JsonObject { ["indexes"] = new JsonArray([.. all.Indexes.Select(index => index.Json(all.Name))]) });
            case ("POST", [_, _]):
                return Ensure(database.Collection(request.Word("collection")), request.Object, revisions);
            case ("GET", [_, _, var name, var id]):
                return Answer.Ok(Index(database.Collection(name), id).Json(name));
            case ("DELETE", [_, _, var name, var id]):
                var collection = database.Collection(name);
                collection.Indexes.Remove(Index(collection, id));
                return Answer.Ok(new JsonObject { ["id"] = $"{name}/{id}" }, writes: true);
            default:
                throw ArangoError.NotFound();
        }
    }

    static Index Index(Collection collection, string id) => collection.Indexes.FirstOrDefault(index => index.Id == id || index.Name == id) ?? throw ArangoError.IndexNotFound();

    // The same definition again is the same index; the same name for another is refused.
    static Answer Ensure(Collection collection, JsonObject body, Revisions revisions)
    {
        if ((string?)body["type"] is not "persistent") throw ArangoError.BadParameter("the stand-in has persistent indexes only");
        if (body["fields"] is not JsonArray { Count: > 0 } fields) throw ArangoError.BadParameter("fields expected");
        var id = revisions.Next().ToString(CultureInfo.InvariantCulture);
        var wanted = new Index(id, (string?)body["name"] ?? $"idx_{id}", "persistent", [.. fields.Select(field => (string)field!)], Has("unique"), Has("sparse"));
        if (collection.Indexes.FirstOrDefault(index => index.IsLike(wanted)) is { } same) return Told(same, 200, isNew: false);
        if (collection.Indexes.Any(index => index.Name == wanted.Name)) throw new ArangoError(409, 1207, "duplicate name");
        var rows = collection.All.ToArray();
        if (wanted.Unique && rows.Where((row, at) => rows.Skip(at + 1).Any(other => wanted.Same(row, other))).FirstOrDefault() is { } twice) throw ArangoError.UniqueConstraint(wanted.Name, (string)twice["_key"]!);
        collection.Indexes.Add(wanted);
        return Told(wanted, 201, isNew: true);

        bool Has(string name) => body[name]?.GetValue<bool>() ?? false;

        Answer Told(Index index, int status, bool isNew)
        {
            var json = index.Json(collection.Name);
            json["isNewlyCreated"] = isNew;
            return Answer.Ok(json, status, writes: isNew);
        }
    }
}
