using System.Text;

namespace Weft.Embedded.CrashHost;

/// <summary>What the process saw, on the disk before it goes on: the witness against the engine.</summary>
internal sealed class SideLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;

    public SideLog(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public static string PathIn(string folder) => Path.Combine(folder, "side.log");

    /// <summary>Reads the lines; a last one that the kill cut off is left out.</summary>
    public static List<string[]> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var text = File.ReadAllText(path);
        var end = text.LastIndexOf('\n');
        return end < 0 ? [] : [.. text[..end].Split('\n').Select(line => line.Split(' '))];
    }

    public void Write(string line)
    {
        lock (_gate)
        {
            _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}
