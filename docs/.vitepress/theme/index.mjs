import DefaultTheme from 'vitepress/theme-without-fonts';
import './book.css';

export default DefaultTheme;
