using System.Text.Json;

namespace Chimera.S4.Router.Curves;

/// <summary>The file of <c>S4_ROUTE_TABLE_PATH</c>: an object, symbol → document. Read again when its time or size has changed.</summary>
sealed class RouteTableFile(string? path)
{
    Dictionary<string, string> known = [];
    (DateTime, long) seen;

    /// <summary>What it says of each symbol; the last good content where it cannot be read now, which <paramref name="problem"/> tells.</summary>
    public IReadOnlyDictionary<string, string> Read(out string? problem)
    {
        problem = null;
        if (path is null) return known;
        try
        {
            var file = new FileInfo(path);
            var now = (file.LastWriteTimeUtc, file.Length);
            if (now == seen) return known;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind is not JsonValueKind.Object) problem = $"{path} is a JSON {json.RootElement.ValueKind}, not an object of symbols";
            else (known, seen) = (json.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetRawText()), now);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            problem = $"{path} cannot be read: {unreadable.Message}";
        }
        return known;
    }
}
