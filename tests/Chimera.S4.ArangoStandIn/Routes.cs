using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>Every request that the stand-in knows. The manual's page of each group stands with its routes.</summary>
sealed class Routes(Server server, Func<string, string, string?> token, Faults faults)
{
    public Answer Handle(Request request)
    {
        lock (server.Gate)
        {
            try { return Find(request); }
            catch (ArangoError error) { return Answer.Of(error); }
        }
    }

    Answer Find(Request request) => request.Path switch
    {
        ["_open", "auth"] when request.Method == "POST" => Login(request.Object),
        ["_api", "version"] => new Answer(200, new JsonObject { ["server"] = "arango", ["version"] = "3.12.0", ["license"] = "stand-in" }),
        ["_api", "database", ..] => Databases(request),
        ["_api", "collection", ..] => CollectionRoutes.Handle(request, server.Database(request.Database), server.Revisions),
        ["_api", "index", ..] => IndexRoutes.Handle(request, server.Database(request.Database), server.Revisions),
        ["_api", "document", ..] => DocumentRoutes.Handle(request, server.Database(request.Database), faults),
        ["_api", "cursor", ..] => CursorRoutes.Handle(request, server.Database(request.Database), server.Revisions, faults),
        _ => throw ArangoError.NotFound(),
    };

    // https://docs.arangodb.com/stable/develop/http-api/authentication/#create-a-jwt-session-token
    Answer Login(JsonObject body)
    {
        if (body["username"] is null || body["password"] is null) throw ArangoError.BadParameter("username and password expected");
        return token((string)body["username"]!, (string)body["password"]!) is { } jwt ? new Answer(200, new JsonObject { ["jwt"] = jwt }) : throw new ArangoError(401, 401, "Wrong credentials");
    }

    // https://docs.arangodb.com/stable/develop/http-api/databases/
    Answer Databases(Request request)
    {
        switch (request.Method, request.Path)
        {
            case ("GET", [_, _, "current"]):
                return Answer.Ok(new JsonObject { ["result"] = new JsonObject { ["name"] = server.Database(request.Database).Name, ["id"] = "1", ["path"] = "", ["isSystem"] = request.Database == "_system" } });
            case ("GET", [_, _] or [_, _, "user"]):
                return Answer.Ok(new JsonObject { ["result"] = new JsonArray([.. server.Databases.Select(name => JsonValue.Create(name))]) });
            case ("POST", [_, _]) when request.Database == "_system":
                server.Create((string?)request.Object["name"]);
                return Answer.Ok(new JsonObject { ["result"] = true }, 201, writes: true);
            case ("DELETE", [_, _, var name]) when request.Database == "_system":
                server.Drop(name);
                return Answer.Ok(new JsonObject { ["result"] = true }, writes: true);
            case ("POST" or "DELETE", _):
                throw new ArangoError(403, 1230, "operation only allowed in system database");
            default:
                throw ArangoError.NotFound();
        }
    }
}
