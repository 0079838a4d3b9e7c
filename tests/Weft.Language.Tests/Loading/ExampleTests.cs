using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Loading;

public sealed class ExampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f))];

    public static TheoryData<string> Cards =>
        [.. Directory.GetFiles(Path.Combine(Folder, "agents"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Load_AShippedWorkflow_HasNoFindingsAtAll(string name)
    {
        var agents = Directory.GetFiles(Path.Combine(Folder, "agents"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).ToList();

        var result = WorkflowLoader.Load(File.ReadAllText(Path.Combine(Folder, name)), name, new LoadOptions { KnownAgents = agents });

        Assert.Empty(result.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(Path.GetFileNameWithoutExtension(name), result.Definition!.Id);
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void Load_AShippedCard_HasNoFindingsAtAll(string name)
    {
        var result = AgentCardLoader.Load(File.ReadAllText(Path.Combine(Folder, "agents", name)), name);

        Assert.Empty(result.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(Path.GetFileNameWithoutExtension(name), result.Card!.Name);
        Assert.NotNull(result.Card.SystemPrompt);
    }
}
