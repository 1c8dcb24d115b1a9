using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Hosting;

/// <summary>Settings of parts that are not built yet. Refused, because ignoring them would put records where nobody looks for them.</summary>
static class NotBuilt
{
    public static void Refuse(IConfiguration configuration)
    {
        if (configuration["S4_DB_ARANGO_URLS"] is { Length: > 0 })
            throw EnvironmentValue.Wrong("S4_DB_ARANGO_URLS", "the ArangoDB journal is not built yet; leave the variable out, and the record is kept in SQLite (S4_DATA_DIR)");
    }
}
