using System.Text.Json;

namespace Chimera.S4.ArangoStandIn;

/// <summary>The requests that changed something, one a line: what is here is done again at the next start. So a stand-in that is killed has lost nothing that it answered.</summary>
sealed class WriteLog : IDisposable
{
    readonly Lock gate = new();
    readonly Func<Request, Answer> handle;
    readonly FileStream file;

    public WriteLog(string path, Func<Request, Answer> handle)
    {
        this.handle = handle;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path))
            foreach (var line in File.ReadLines(path))
                if (TryRead(line) is { } request) handle(request);
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    public Answer Handle(Request request)
    {
        lock (gate)
        {
            var answer = handle(request);
            if (!answer.Writes) return answer;
            JsonSerializer.Serialize(file, request);
            file.WriteByte((byte)'\n');
            file.Flush();
            return answer;
        }
    }

    // The last line may have been cut off by a kill: it was not answered then.
    static Request? TryRead(string line)
    {
        try { return JsonSerializer.Deserialize<Request>(line); }
        catch (JsonException) { return null; }
    }

    public void Dispose() => file.Dispose();
}
