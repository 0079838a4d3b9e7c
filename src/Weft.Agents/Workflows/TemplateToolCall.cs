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

/// <summary>A tool call that a template asks for.</summary>
internal sealed record TemplateToolCall(IReadOnlyList<string> Names, JsonArray Arguments);
