using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Language;

namespace Weft.EndToEnd.Upgrade;

/// <summary>What a release has written.</summary>
/// <param name="Name">The release.</param>
internal sealed record StoredRelease(string Name)
{
    public static IReadOnlyList<StoredRelease> All => [.. Releases.Folders.Select(f => new StoredRelease(Path.GetFileName(f)))];

    /// <summary>Gets what its API answered, by path.</summary>
    public JsonObject Answers => Texts.Json(Read("answers.json"));

    public IReadOnlyList<HalfDone> HalfDone =>
        JsonSerializer.Deserialize<List<HalfDone>>(Read("half-done.json"), WeftJson.Options)!; // The file is no null.

    /// <summary>Makes a copy of its data folder, named <c>data</c>, in a folder.</summary>
    public void Unpack(string folder) => ZipFile.ExtractToDirectory(Below("data.zip"), Path.Combine(folder, "data"));

    private string Read(string file) => File.ReadAllText(Below(file));

    private string Below(string file) => Path.Combine(AppContext.BaseDirectory, "Stored", Name, file);
}
