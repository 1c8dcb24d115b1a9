using System.Reflection;
using System.Security.Cryptography;

namespace Chimera.S4.HttpAdapter.Page;

/// <summary>The files of the ops page, as they were built into this assembly: no build step, no other host, and nothing of them changes while the process runs.</summary>
static class PageFiles
{
    const string Prefix = "page/";

    static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>By path below <c>/page/</c>. What a browser does not load, such as a licence, is not served.</summary>
    public static IReadOnlyDictionary<string, PageFile> All { get; } = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && Types.ContainsKey(Path.GetExtension(name)))
        .ToDictionary(name => name[Prefix.Length..], Read);

    static PageFile Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new PageFile(bytes, Types[Path.GetExtension(name)], $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
    }
}

sealed record PageFile(byte[] Bytes, string ContentType, string ETag);
