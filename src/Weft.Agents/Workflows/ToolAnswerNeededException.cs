using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Contexts;
using Weft.Agents.Records;
using Weft.Agents.Tools;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Schemas;

namespace Weft.Agents.Workflows;

/// <summary>Ends an evaluation at a tool call whose answer is not there yet; the evaluation is then made again.</summary>
internal sealed class ToolAnswerNeededException(TemplateToolCall call) : Exception("A template asks for a tool's answer.")
{
    public TemplateToolCall Call { get; } = call;
}
