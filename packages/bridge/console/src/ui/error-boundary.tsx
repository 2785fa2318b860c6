import { Component, type ComponentChildren, type JSX } from 'preact';

export interface ErrorBoundaryProps {
  readonly children: ComponentChildren;
  /** Drawn in place of what failed. `retry` tries it again. */
  readonly fallback: (retry: () => void) => JSX.Element;
}

/** One part of the page that fails takes nothing else with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  /** Where whoever helps looks first: the browser's own console, and nowhere else. */
  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ComponentChildren {
    return this.state.failed ? this.props.fallback(() => this.setState({ failed: false })) : this.props.children;
  }
}
