using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Definitions;

/// <summary>The definitions whose stored text and hash are kept beside the tests: neither changes unseen.</summary>
/// <remarks>
/// The tests write them anew with <c>WEFT_WRITE_GOLDENS=1</c>. Executions that are pinned to the old hashes are lost then.
/// </remarks>
internal static class Golden
{
    /// <summary>The files: those in <c>Fixtures</c>, those written for this, and the workflow of a project.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "customer_support_advanced.yaml", "customer-support.yaml", "hello-world.yaml", "intelligent-data-pipeline.yaml",
        "task-types.yaml", "issue_creation_workflow.json",
        "graph-everything.yaml", "tasks-every-type.yaml", "tasks-jinja.yaml", "steps-everything.yaml", Project,
    ];

    private const string Project = "project/weft.yaml";

    /// <summary>Gets a value indicating whether goldens are to be written and not compared.</summary>
    public static bool IsWriting => Environment.GetEnvironmentVariable("WEFT_WRITE_GOLDENS") == "1";

    /// <summary>The definition as the code of today loads it.</summary>
    public static WorkflowDefinition Load(string name)
    {
        var result = name == Project ? LoadProject() : WorkflowLoader.Load(Text(name), name);
        return result.Definition ?? throw new InvalidDataException($"'{name}' does not load:\n{string.Join('\n', result.Diagnostics)}");
    }

    /// <summary>The stored text over many lines. How a letter is escaped is lost here, and held by <see cref="HashesOf"/>.</summary>
    public static string Spread(string stored) => JsonNode.Parse(stored)!.ToJsonString(WeftJson.Indented).ReplaceLineEndings("\n") + "\n";

    /// <summary>The content hash, and the hash of the stored text to the byte.</summary>
    public static string HashesOf(WorkflowDefinition definition)
    {
        var stored = WorkflowDefinitionJson.Serialize(definition);
        var text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored)));
        return $"content {ContentHash.Of(definition)}\ntext sha256:{text}\n";
    }

    /// <summary>What is kept under a name; null: nothing.</summary>
    public static string? Kept(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Definitions", "Goldens", file);
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null;
    }

    /// <summary>Keeps a text in the source tree.</summary>
    public static void Keep(string file, string text, [CallerFilePath] string here = "") =>
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(here)!, "Goldens", file), text);

    /// <summary>The name under which a definition's golden is kept.</summary>
    public static string KeyOf(string name) => Path.ChangeExtension(name, null).Replace('/', '-');

    private static string Text(string name) => File.Exists(Fixture.PathOf(name))
        ? Fixture.Read(name)
        : Kept(name) ?? throw new FileNotFoundException($"There is no file '{name}' in Goldens.");

    private static LoadResult LoadProject()
    {
        var files = new ProjectFiles(path => Kept($"project/{path}"), () => ["agents/greeter.yaml", "workflows/greet.yaml"]);
        var project = ProjectLoader.Load(Text(Project), "weft.yaml", files);
        return Assert.Single(project.Workflows).Result;
    }
}
