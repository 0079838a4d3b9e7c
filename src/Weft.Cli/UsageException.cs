using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Options;
using Weft.Cli.Commands;
using Weft.Workflows;

namespace Weft.Cli;

/// <summary>The command line was understood, but asks for something that makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
