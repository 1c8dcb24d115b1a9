using Chimera.S4.HttpAdapter.Security;
using Microsoft.Net.Http.Headers;

namespace Chimera.S4.HttpAdapter.Page;

/// <summary>The ops page at <c>/</c>. It is static and tells nothing, so it needs no key; what it shows it asks for with the viewer's.</summary>
static class PageEndpoints
{
    // Scripts and styles from here only, none in the document, nothing sent elsewhere, no frame around it, and no text that becomes markup.
    const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        Map("/", PageFiles.All["index.html"]);
        foreach (var (path, file) in PageFiles.All) Map($"/page/{path}", file);

        void Map(string path, PageFile file) => endpoints.MapGet(path, (HttpResponse response) => Serve(response, file)).RequireNoRole().ExcludeFromDescription();
    }

    static IResult Serve(HttpResponse response, PageFile file)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";      // asked for each time, and answered 304 until the next build
        return Results.Bytes(file.Bytes, file.ContentType, entityTag: new EntityTagHeaderValue(file.ETag));
    }
}
