using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Weft.Language;

namespace Weft.Runtime.Tests.Stored;

/// <summary>What is stored and sent keeps its form: one sample of each record lies beside the tests, as it was written once.</summary>
/// <remarks>
/// With <c>WEFT_WRITE_GOLDENS=1</c> the tests write the samples anew. Do so for a new record or a new optional property; any other
/// difference means that rows, histories and messages which exist can no longer be read as they were meant.
/// </remarks>
public sealed class SampleTests
{
    private const string HowToWrite = "Run the tests once with WEFT_WRITE_GOLDENS=1, and look at what they wrote.";

    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("WEFT_WRITE_GOLDENS") == "1";

    public static TheoryData<string> Names => [.. StoredTypes.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_ReadAndWritten_IsTheSameText(string name)
    {
        var type = StoredTypes.All[name];
        if (IsWriting)
        {
            Keep(name, Again(type, SampleMaker.Make(type).ToJsonString()));
        }
        else if (Kept(name) is { } sample)
        {
            var now = Again(type, sample);
            Assert.True(sample == now, $"{name} is written otherwise than it was.\nIt was:\n{sample}\nIt is:\n{now}");
        }
        else
        {
            Assert.Fail($"{name} is stored or sent, and has no sample 'Stored/Samples/{name}.json'. {HowToWrite}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_OfARecord_HoldsEveryProperty(string name)
    {
        var type = StoredTypes.All[name];
        var expected = type.IsEnum ? Words(SampleMaker.Make(type)) : StoredTypes.InfoOf(type).Properties.Where(IsRead).Select(p => p.Name);
        var sample = JsonNode.Parse(Kept(name) ?? "{}")!;

        var missing = expected.Except(sample is JsonObject record ? record.Select(p => p.Key) : Words(sample)).ToList();

        Assert.True(IsWriting || missing.Count == 0, $"The sample of {name} does not hold {string.Join(", ", missing)}. {HowToWrite}");
    }

    [Fact]
    public void Sample_WithoutItsRecord_IsNotThere()
    {
        var kept = Directory.GetFiles(Source(), "*.json").Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(kept.Except(StoredTypes.All.Keys));
    }

    private static IEnumerable<string> Words(JsonNode sample) => sample.AsArray().Select(word => (string)word!); // Words are never null.

    /// <summary>Whether a property comes from the stored text, and is not worked out from others.</summary>
    private static bool IsRead(JsonPropertyInfo property) => property.Set is not null || property.AssociatedParameter is not null;

    private static string Again(Type type, string json)
    {
        var root = type.IsEnum ? type.MakeArrayType() : StoredTypes.RootOf(type);
        var value = JsonSerializer.Deserialize(json, root, WeftJson.Options);
        return JsonSerializer.Serialize(value, root, WeftJson.Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static string? Kept(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Stored", "Samples", $"{name}.json");
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null;
    }

    private static void Keep(string name, string text) => File.WriteAllText(Path.Combine(Source(), $"{name}.json"), text);

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Samples");
}
