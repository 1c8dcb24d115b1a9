using System.Net;

namespace Chimera.S4.HttpAdapter.Security;

/// <summary>Which addresses the adapter may listen on: anything with keys, loopback without.</summary>
static class ListenAddress
{
    const string Form = "http:// or https:// addresses separated by ';', such as http://127.0.0.1:8084";

    public static string[] Split(string value)
    {
        var urls = value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls)
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                throw RestAdapterOptions.Wrong(RestAdapterOptions.UrlsVariable, url, Form);
        return urls.Length > 0 ? urls : throw RestAdapterOptions.Wrong(RestAdapterOptions.UrlsVariable, value, Form);
    }

    public static void RefuseStrangers(string[] urls, ApiKeyRing keys)
    {
        if (keys.IsOpen && urls.FirstOrDefault(url => !IsLoopback(url)) is { } open)
            throw RestAdapterOptions.Wrong(RestAdapterOptions.UrlsVariable, open,
                $"a loopback address (127.0.0.1, [::1], localhost), or any address once {RestAdapterOptions.KeysVariable} names keys");
    }

    static bool IsLoopback(string url)
    {
        var host = Host(url);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    static string Host(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Host;
        }
        catch (FormatException)
        {
            throw RestAdapterOptions.Wrong(RestAdapterOptions.UrlsVariable, url, Form);
        }
    }
}
