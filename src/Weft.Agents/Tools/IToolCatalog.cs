using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>Tells what a model needs to know of the tools it may ask for.</summary>
public interface IToolCatalog
{
    /// <summary>Describes the named tools, in the order given. A name that means no tool is left out and logged.</summary>
    /// <param name="scope">Whose step it is: its definition's own tools hide others of the same name.</param>
    /// <param name="tools">Names as <see cref="ToolReference.Name"/> has them.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    Task<IReadOnlyList<ToolSpec>> DescribeAsync(StepScope scope, IReadOnlyList<string> tools, CancellationToken cancellationToken);
}
