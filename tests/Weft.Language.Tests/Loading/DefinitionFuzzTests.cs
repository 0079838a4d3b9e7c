using System.Text;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

/// <summary>Broken copies of real files: whatever comes in, findings come out, never an exception and never without end.</summary>
public sealed class DefinitionFuzzTests
{
    private const int CopiesOfEach = 100;

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "[", "]", "{", "}", ":", "- ", "\n", "\t", "  ", "\"", "'", "&a ", "*a", "<<: *a", "!!int ", "|", ">-", "#",
        "null", "~", "true", "-1", "1e999", "0x",
        ".nan", "$ref: local::tasks", "$use: agent(", "$merge: [1]", "local::", "..", "\\", "\u0000", "é", "😀", "\uD800", "---\n", "...\n",
        "? ", "%YAML 1.1\n", "sk-aaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    public static TheoryData<string> Files =>
    [
        "customer_support_advanced.yaml", "hello-world.yaml", "task-types.yaml", "intelligent-customer-support.yaml",
        "intelligent-data-pipeline.yaml", "issue_creation_workflow.json", "project.yaml",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_ABrokenCopy_AlwaysEndsInFindings(string name)
    {
        var original = Fixture.Read(name);
        var random = new Random(name.Length);
        for (var i = 0; i < CopiesOfEach; i++)
        {
            var text = Break(original, random);
            var result = WorkflowLoader.Load(text, i % 3 == 0 ? null : name);
            var project = ProjectLoader.Load(text, name, ProjectFiles.None);

            Assert.True(result.Definition is not null || result.HasErrors, text);
            Assert.All(result.Diagnostics.Concat(project.Diagnostics),
                d => Assert.True(d is { Line: > 0, Column: > 0, Message.Length: > 0 }, text));
            if (result.Definition is { } definition)
            {
                Assert.Equal(ContentHash.Of(definition),
                    ContentHash.Of(WorkflowDefinitionJson.Deserialize(WorkflowDefinitionJson.Serialize(definition))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void LoadCard_ABrokenCopy_AlwaysEndsInFindings(string name)
    {
        var random = new Random(name.Length * 7);
        for (var i = 0; i < 20; i++)
        {
            var result = AgentCardLoader.Load(Break(Fixture.Read(name), random), name);

            Assert.True(result.Card is not null || result.Diagnostics.Count > 0);
        }
    }

    private static string Break(string original, Random random)
    {
        var text = new StringBuilder(original);
        for (var faults = random.Next(1, 5); faults > 0 && text.Length > 0; faults--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at));
                    break;
                case 2:
                    var length = Math.Min(random.Next(1, 200), text.Length - at);
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                case 3:
                    text[at] = (char)random.Next(1, 0x250);
                    break;
                case 4:
                    MoveALine(text, random);
                    break;
                default:
                    text.Length = Math.Max(1, at);
                    break;
            }
        }

        return text.ToString();
    }

    private static void MoveALine(StringBuilder text, Random random)
    {
        var lines = text.ToString().Split('\n').ToList();
        var line = lines[random.Next(lines.Count)];
        lines.Insert(random.Next(lines.Count), string.Concat(Enumerable.Repeat("  ", random.Next(4))) + line.TrimStart());
        text.Clear().AppendJoin('\n', lines);
    }
}
