namespace Chimera.S4.HttpAdapter.Security;

/// <summary>Who called, for the record: the role and the beginning of the key's digest, which tells keys apart and gives none away; <c>local</c> where no keys are configured.</summary>
static class Caller
{
    static readonly object Item = new();

    public static string Of(HttpContext http) => http.Items[Item] as string ?? "local";

    public static void Note(HttpContext http, string caller) => http.Items[Item] = caller;
}
